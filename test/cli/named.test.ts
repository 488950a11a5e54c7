import { test } from "uvu";
import * as assert from "uvu/assert";
import { named } from "../../src/cli/named.ts";
import { messageOf } from "../helpers/folder.ts";

test("an error begins with the path of the file at fault, and keeps its cause", async () => {
  assert.is(await named("a/config.json", Promise.resolve(7)), 7);
  const cause = new RangeError("task: expected one of walk, got fly");
  try {
    await named("a/config.json", Promise.reject(cause));
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "a/config.json: task: expected one of walk, got fly");
    assert.is((error as Error).cause, cause);
  }
  assert.is(await messageOf(() => named("a", Promise.reject("torn"))), "a: torn");
});

test.run();
