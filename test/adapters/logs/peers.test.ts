/** The optional peers are declared by hand, in the part that is used: here they are asked whether it is there. */
import { test } from "uvu";
import * as assert from "uvu/assert";

test("the peers have what is declared of them", async () => {
  assert.type((await import("hyparquet")).parquetReadObjects, "function");
  assert.type((await import("jsfive")).File, "function");
});

test.run();
