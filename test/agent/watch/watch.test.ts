import { test } from "uvu";
import * as assert from "uvu/assert";
import { createWatch } from "../../../src/agent/watch/watch.ts";

test("has room for the running episodes, and for the labels of a plan", () => {
  const { episodes, plans } = createWatch(3, 21);
  assert.equal([episodes.running.length, plans.labels.length], [3, 21]);
});

test.run();
