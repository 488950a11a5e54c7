import { test } from "uvu";
import * as assert from "uvu/assert";
import { createForesight, foresightEvidence, includePrediction } from "../../../src/agent/watch/foresight.ts";

test("compares the mean of the members with what came, and with no change, the reward apart", () => {
  const foresight = createForesight(3);
  // two members of four rows each: three means, then something else
  const heads = Float32Array.of(1, 0, 9, 7, 3, 0, 9, 7);
  includePrediction(foresight, heads, Float32Array.of(3, 0.25, 5), { members: 2, rows: 4 });
  includePrediction(foresight, heads, Float32Array.of(2, -0.5, 5), { members: 2, rows: 4 });
  const { steps, errors, changes, moves } = foresightEvidence(foresight);
  assert.is(steps, 2);
  assert.equal([...errors], [0.5, (0.0625 + 0.25) / 2]);
  assert.equal([...changes], [(9 + 4) / 2, (0.0625 + 0.25) / 2]);
  assert.equal([...moves], [1, 0.5]);
});

test.run();
