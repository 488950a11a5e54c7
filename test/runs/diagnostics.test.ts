import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete, multiDiscrete } from "../../src/environments/spaces.ts";
import {
  addOutcome,
  addPlan,
  agreement,
  clearPlans,
  diagnosticsOf,
  noDiagnostics,
  readPlan,
  restoreDiagnostics,
} from "../../src/runs/diagnostics.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";

test("actions agree by their choices, or by their distance as a share of the bounds", () => {
  assert.equal([agreement(discrete(3), 1, 1), agreement(discrete(3), 1, 2)], [1, 0]);
  assert.is(agreement(box([-2, 0], [2, 1]), [-1, 0.5], [1, 0.5]), 0.75);
  assert.is(agreement(box([-2], [2]), [-2], [2]), 0);
  assert.is(agreement(multiDiscrete([2, 3, 4, 2]), [0, 1, 3, 1], [0, 2, 3, 1]), 0.75);
});

test("averages over the planned steps of an episode, and counts over the run", () => {
  const sums = noDiagnostics();
  const reading = { habitAgreement: 1, scoreSpread: 2, effectiveSampleSize: 3, beliefSampleSize: 4 };
  addPlan(sums, undefined);
  addPlan(sums, reading);
  addPlan(sums, { ...reading, habitAgreement: 0, scoreSpread: 4 });
  for (const [reward, terminated] of [
    [-1, false],
    [-1, false],
    [0, true],
  ] as const)
    addOutcome(sums, { reward, terminated });
  const counts = { rewarding: 1, terminal: 1 };
  const means = { habitAgreement: 0.5, scoreSpread: 3, effectiveSampleSize: 3, beliefSampleSize: 4 };
  assert.equal(diagnosticsOf(sums), { planned: 2, ...means, ...counts });
  clearPlans(sums);
  assert.equal(diagnosticsOf(sums), {
    ...{ planned: 0, habitAgreement: NaN, scoreSpread: NaN, effectiveSampleSize: NaN, beliefSampleSize: NaN },
    ...counts,
  });
});

test("what was no number is none after JSON either", () => {
  const sums = noDiagnostics();
  addPlan(sums, { habitAgreement: 1, scoreSpread: 2, effectiveSampleSize: 3, beliefSampleSize: Number.NaN });
  const restored = restoreDiagnostics(JSON.parse(JSON.stringify(sums)));
  assert.equal(restored, sums);
  assert.equal(diagnosticsOf(restored), diagnosticsOf(sums));
});

test("reads the last plan as `explain` tells of it", async () => {
  const { agent, environment } = await smallAgent("pendulum", { curiosity: 0 });
  assert.is(readPlan(agent), undefined);
  live(agent, environment, 60);
  const { observation } = environment.reset({ seed: 5 });
  agent.reset();
  agent.act(observation, { explore: true });
  const reading = readPlan(agent);
  const { plan } = agent.explain();
  assert.is(reading?.effectiveSampleSize, plan?.effectiveSampleSize);
  const scores = [...(plan?.scores ?? [])];
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const std = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  const expected = std / (plan?.temperature ?? NaN);
  assert.ok(
    Math.abs((reading?.scoreSpread ?? NaN) / expected - 1) < 1e-4,
    `${reading?.scoreSpread}, ${expected}`,
  );
});

test.run();
