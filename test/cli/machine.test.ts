import { cpus } from "node:os";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { engine, processor } from "../../src/cli/machine.ts";

test("names the processor with its number of cores, and the engine with its version", () => {
  assert.match(processor(), new RegExp(`^\\S.* × ${cpus().length}$`));
  assert.is(engine(), `Node ${process.versions.node}, V8 ${process.versions.v8}`);
});

test.run();
