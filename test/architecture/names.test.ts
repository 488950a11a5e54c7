/** How much a user of the library has to know. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { publicNames } from "../helpers/documents.ts";

/** What people write by hand; whatever else signatures mention has a name in `generative-agent/types`. */
const MOST = 45;

test("the root of the package exports few names", () => {
  const { size } = publicNames(["index"]);
  assert.ok(size > 20 && size <= MOST, `${size} names`);
});

test.run();
