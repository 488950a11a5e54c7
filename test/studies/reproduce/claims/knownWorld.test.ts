import { test } from "uvu";
import * as assert from "uvu/assert";
import { fork } from "../../../../src/problems.ts";
import { drawIndex, firstActions, logistic } from "../../../../studies/reproduce/claims/knownWorld.ts";

test("the posterior of a fork's branches is a logistic function of their rewards' difference", () => {
  const model = fork({ places: [1], rewards: [0.7] });
  const effort = { candidates: 1024, iterations: 1, horizon: 1, copies: 4, plans: 16, informationWeight: 0 };
  for (const belief of [undefined, [1]]) {
    const [steady, random] = firstActions({ ...effort, model, ...(belief && { belief }) });
    assert.ok(Math.abs(steady + random - 1) < 1e-5);
    // 4σ of a share of 16 · 1,024 candidates, under weights of at most e^.35 about their mean
    assert.ok(Math.abs(random - logistic(0.7)) < (4 * 0.5 * Math.exp(0.35)) / 128, `${random}`);
  }
});

test("an index is drawn where the uniform number falls", () => {
  const probabilities = [0.25, 0, 0.75];
  assert.equal(
    [0, 0.2499, 0.25, 0.99, 1].map((uniform) => drawIndex(probabilities, uniform)),
    [0, 0, 2, 2, 2],
  );
});

test.run();
