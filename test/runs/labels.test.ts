import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Options } from "../../src/agent/options.ts";
import { settingLabels } from "../../src/runs/labels.ts";

const labels = (...options: object[]) => settingLabels(options.map((each) => ({ options: each as Options })));

test("tells runs apart by the settings that differ, but not by their seeds", () => {
  const [first, second] = labels(
    { seed: 1, members: 3, informationWeight: 0.1 },
    { seed: 2, members: 3, informationWeight: 0 },
  );
  assert.equal([first, second], ["information weight 0.1", "information weight 0"]);
});

test("says nothing of runs with equal settings, and default for one that is missing", () => {
  assert.equal(labels({ seed: 1, sizes: [1, 2] }, { seed: 2, sizes: [1, 2] }), ["", ""]);
  assert.equal(labels({ horizon: 5 }, {}), ["horizon 5", "horizon default"]);
  assert.equal(labels({ a: "x", b: 1 }, { a: "y", b: 2 }), ["a x, b 1", "a y, b 2"]);
});

test.run();
