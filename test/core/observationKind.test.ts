import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { observationKinds } from "../../src/core/observationKind.ts";

test("the place of a distribution is its code in the kernels", () => {
  const path = "../../assembly/density/observationKind.ts";
  const codes = readFileSync(new URL(path, import.meta.url), "utf8").matchAll(/const (\w+): u32 = (\d+)/g);
  assert.equal(
    [...codes].map(([, name, code]) => [name.toLowerCase(), Number(code)]),
    [...observationKinds].map((kind, code) => [kind, code]),
  );
});

test.run();
