import { test } from "uvu";
import * as assert from "uvu/assert";
import { addLearned, addWarnings, noSums, reportOf } from "../../src/loop/report.ts";

const boundOf = (reward: number) => ({
  reward,
  informationGain: 1,
  stateConsistency: 0,
  actionConsistency: -2,
  total: reward - 1,
});
const place = {
  episode: 3,
  isRunning: false,
  observation: [0],
  reward: 1,
  length: 40,
  decisions: 10,
  return: -7,
};
const end = { steps: 90, terminated: true, truncated: false };

test("a report averages the bound over what was learned from; its model error is the last that there was", () => {
  const sums = noSums();
  addLearned(sums, { bound: boundOf(2), modelError: 0.5 });
  addLearned(sums, { bound: boundOf(4), modelError: 0.25 });
  addLearned(sums, { bound: boundOf(0), modelError: Number.NaN });
  assert.equal(reportOf(place, sums, end), {
    episode: 3,
    steps: 90,
    length: 40,
    return: -7,
    terminated: true,
    truncated: false,
    bound: boundOf(2),
    modelError: 0.25,
  });
});

test("without learning there is no mean", () => {
  const { bound, modelError } = reportOf(place, noSums(), end);
  assert.ok([...Object.values(bound), modelError].every(Number.isNaN));
});

test("a report has each warning once, and says where updates were undone", () => {
  const sums = noSums();
  addWarnings(sums, { warnings: [], undone: 0 });
  assert.not("warnings" in reportOf(place, sums, end));
  addWarnings(sums, { warnings: ["observation[0]: odd"], undone: 2 });
  addWarnings(sums, { warnings: ["reward: odd"], undone: 1 });
  const { warnings = [] } = reportOf(place, sums, end);
  assert.equal([warnings.length, warnings[0], warnings[2]], [3, "observation[0]: odd", "reward: odd"]);
  assert.match(warnings[1], /^update: a gradient was not finite/);
});

test.run();
