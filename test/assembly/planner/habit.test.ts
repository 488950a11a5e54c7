/** The candidates that follow the action prior, and the simulation with information. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  type Built,
  buildPlan,
  candidatesOf,
  constant,
  linear,
  ofPlan,
  worldOf,
} from "../../helpers/plan.ts";
import { average, type Rows, sum } from "../../reference/arrays.ts";
import { logVariance, softmax } from "../../reference/density.ts";
import { maxAbsError } from "../../reference/kernels.ts";
import type { World } from "../../reference/planner.ts";

const core = debugCore(1 << 23);

/** The plan after `propose` and `rollout`, and the actions that were proposed. */
function rolledOut(world: World): { built: Built; proposed: Rows[][] } {
  const built = buildPlan(core, world);
  propose(core, built.plan);
  const proposed = world.starts.map((_, s) => candidatesOf(built, s));
  rollout(core, built.plan);
  return { built, proposed };
}

for (const isDiscrete of [false, true])
  for (const [plans, candidates, habitCandidates] of [
    [1, 8, 0],
    [7, 12, 5],
    [2, 40, 39],
    [3, 36, 1],
    [3, 16, 8],
  ])
    test(`candidates 1…${habitCandidates} of ${candidates} follow the habit, in ${plans} plans${isDiscrete ? ", discrete" : ""}`, () => {
      core.scope(() => {
        const mean = Array.from({ length: plans }, () => [1, 0, 1, 0, 1, 0]);
        // the habit always takes the second action, or the middle of three bins, which N(1, 0) never hits
        const habit = constant(1, isDiscrete ? [0, 200] : [0, 200, 0, 0, 200, 0]);
        const std = mean.map((row) => row.map(() => 0));
        const shape = { plans, candidates, habitCandidates, horizon: 3, bins: isDiscrete ? 2 : 3 };
        const { built, proposed } = rolledOut(worldOf(1, 2, { ...shape, isDiscrete, mean, std, habit }));
        for (let s = 0; s < plans; s++)
          candidatesOf(built, s).forEach((u, n) => {
            if (n === 0 || n > habitCandidates) assert.equal(u, proposed[s][n]);
            else if (isDiscrete) assert.equal(u.flat(), [0, 1, 0, 1, 0, 1]);
            else assert.ok(u.flat().every((value) => Math.abs(Math.tanh(value)) < 0.5 + 1e-6));
          });
      });
    });

test("the habit acts on the simulated state, the same for every particle of a candidate", () => {
  core.scope(() => {
    // x̂' = x̂ − 1 by member 1, + 1 by member 0; the habit takes action 1 where x̂ > 0
    const models = [1, -1].map((drift) => constant(3, [drift, 0, 0, 0, 0, 0]));
    const habit = linear([[0], [1e6]], [0, 0]);
    const starts = [[1.5], [-0.5], [0.5]];
    const shape = { plans: 3, candidates: 4, habitCandidates: 3, horizon: 4, isDiscrete: true };
    const { built } = rolledOut(
      worldOf(1, 2, { ...shape, models, habit, starts, firstMember: 1, particles: 2 }),
    );
    const chosen = starts.map((_, s) => candidatesOf(built, s)[2].map(([, a]) => a));
    assert.equal(chosen, [
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
  });
});

test("discrete habits are drawn from the softmax of their logits", () => {
  core.scope(() => {
    const logits = [0.5, -1, 0, 1.2, 0.1];
    const candidates = 4000;
    const shape = { candidates, habitCandidates: candidates - 1, horizon: 2, isDiscrete: true };
    const { built } = rolledOut(worldOf(1, 5, { ...shape, habit: constant(1, logits) }));
    const p = softmax(logits);
    const all = candidatesOf(built, 0).slice(1);
    for (const time of [0, 1])
      p.forEach((probability, k) => {
        const draws = all.map((u) => u[time][k]);
        const tolerance = 4 * Math.sqrt((probability * (1 - probability)) / draws.length);
        assert.ok(Math.abs(average(draws) - probability) < tolerance);
      });
    assert.ok(all.flat().every((step) => sum(step) === 1));
    // steps are independent: both take action 3 with probability p²
    const both = average(all.map((u) => u[0][3] * u[1][3]));
    assert.ok(Math.abs(both - p[3] ** 2) < 4 * Math.sqrt((p[3] ** 2 * (1 - p[3] ** 2)) / all.length));
  });
});

test("groups of discrete habits are drawn from the softmax of their own logits, each alone", () => {
  core.scope(() => {
    const [groups, candidates] = [[2, 3], 4000];
    const logits = [0.5, -1, 0, 1.2, 0.1];
    const shape = { candidates, habitCandidates: candidates - 1, horizon: 2, isDiscrete: true, groups };
    const mean = [[0.5, 0.5, 1, 0, 0, 0.5, 0.5, 1, 0, 0]];
    const { built } = rolledOut(worldOf(1, 5, { ...shape, mean, habit: constant(1, logits) }));
    const p = [...softmax(logits.slice(0, 2)), ...softmax(logits.slice(2))];
    const all = candidatesOf(built, 0).slice(1);
    const near = (draws: number[], expected: number) =>
      Math.abs(average(draws) - expected) < 4 * Math.sqrt((expected * (1 - expected)) / draws.length);
    for (const time of [0, 1]) {
      p.forEach((probability, k) => {
        assert.ok(
          near(
            all.map((u) => u[time][k]),
            probability,
          ),
        );
      });
      // groups are independent
      assert.ok(
        near(
          all.map((u) => u[time][0] * u[time][3]),
          p[0] * p[3],
        ),
      );
    }
    assert.ok(all.flat().every((step) => sum(step.slice(0, 2)) === 1 && sum(step.slice(2)) === 1));
  });
});

test("continuous habits are uniform within a bin, bins drawn from the softmax, actions within ±.995", () => {
  core.scope(() => {
    const logits = [0.3, -0.4, 0.9, 0, 0.5];
    const candidates = 4000;
    const shape = { candidates, habitCandidates: candidates - 1, bins: 5 };
    const { built } = rolledOut(worldOf(1, 2, { ...shape, habit: constant(1, [...logits, 0, 9, 0, 0, 0]) }));
    const p = softmax(logits);
    const actions = candidatesOf(built, 0)
      .slice(1)
      .map(([[u]]) => Math.tanh(u));
    assert.ok(Math.abs(Math.max(...actions) - 0.995) < 1e-6);
    assert.ok(Math.abs(Math.min(...actions) + 0.995) < 1e-6);
    p.forEach((probability, k) => {
      const centre = -1 + k / 2;
      const inside = actions.filter((a) => Math.abs(a - centre) < 0.25);
      const tolerance = 4 * Math.sqrt((probability * (1 - probability)) / actions.length);
      assert.ok(Math.abs(inside.length / actions.length - probability) < tolerance);
      // the outer half of an end's bin lies beyond ±1 and is clipped to ±.995
      const clipped = (0.245 * (0.75 + 0.995) * 0.5 + 0.255 * 0.995) / 0.5;
      const expected = k === 0 || k === 4 ? centre * clipped : centre;
      // 4σ/√N, σ of a uniform of width ½
      assert.ok(Math.abs(average(inside) - expected) < (4 * 0.5) / Math.sqrt(12 * inside.length));
    });
  });
});

/** A world with information over one step whose members predict the given heads, worth x̂ at the end. */
const informed = (heads: Rows, changes: Partial<World>) =>
  rolledOut(
    worldOf(1, 1, {
      models: heads.map((head) => constant(2, head)),
      value: linear([[1]], [0]),
      usesInformation: true,
      candidates: 4000,
      ...changes,
    }),
  ).built;

test("members that agree are worth their mean reward, whatever β", () => {
  core.scope(() => {
    const built = informed(
      [
        [0.5, 2, -1, 0.3, 0, 0],
        [0.5, 2, -1, 0.3, 0, 0],
      ],
      { informationWeight: 1000, usesNoise: true },
    );
    assert.ok(maxAbsError(ofPlan(built, built.scores, 0), new Array(4000).fill(2)) < 1e-3);
  });
});

test("members far apart are worth β log E more than their mean reward", () => {
  core.scope(() => {
    const heads = [0, 1, 2, 3].map((e) => [100 * e, e, -20, -20, 0, 0]);
    const built = informed(heads, { informationWeight: 0.3, discount: 0.5, horizon: 2, stepScale: [0] });
    const expected = 1.5 * (1.5 + 0.3 * Math.log(4));
    assert.ok(maxAbsError(ofPlan(built, built.scores, 0), new Array(4000).fill(expected)) < 1e-5);
  });
});

test("the next state is a random member's, each equally often, with that member's noise", () => {
  core.scope(() => {
    const E = 5;
    const heads = Array.from({ length: E }, (_, e) => [e, 0, -1 - e, 0, 0, 0]);
    const changes = { informationWeight: 0, usesValue: true };
    const means = informed(heads, changes);
    const members = ofPlan(means, means.scores, 0);
    const noisy = informed(heads, { ...changes, usesNoise: true, step: 0 });
    const errors = ofPlan(noisy, noisy.scores, 0).map((x, n) => x - members[n]);
    for (let e = 0; e < E; e++) {
      const chosen = errors.filter((_, n) => members[n] === e);
      assert.ok(Math.abs(chosen.length / 4000 - 1 / E) < 4 * Math.sqrt((1 / E) * (1 - 1 / E) * (1 / 4000)));
      const variance = Math.exp(logVariance(-1 - e));
      const spread = average(chosen.map((error) => error * error)) / variance;
      assert.ok(Math.abs(spread - 1) < 4 * Math.sqrt(2 / chosen.length));
    }
  });
});

test("the probability of ending is the members' mean", () => {
  core.scope(() => {
    const heads = [-3, 1].map((logit) => [0, 1, 0, 0, logit, 1]);
    const built = informed(heads, { informationWeight: 0, hasEndings: true, horizon: 2 });
    const ending = average([-3, 1].map((logit) => 1 / (1 + Math.exp(-logit))));
    assert.ok(maxAbsError(ofPlan(built, built.scores, 0), new Array(4000).fill(2 - ending)) < 1e-6);
  });
});

test("every member mixes the reward with its own ending; then they are averaged, and then clipped", () => {
  core.scope(() => {
    const members = [
      [2, -3, 1],
      [-1, 1, 40],
      [0.5, 0, -8],
    ];
    const heads = members.map(([m, logit, v]) => [0, m, 0, 0, logit, v]);
    const scales = { rewardMean: 0.3, rewardStd: 2, endingMean: -1, endingStd: 0.5 };
    const mixed = members.map(([m, logit, v]) => {
      const p = 1 / (1 + Math.exp(-logit));
      return (1 - p) * (0.3 + 2 * m) + p * (-1 + 0.5 * v);
    });
    const mean = average(mixed);
    // a member beyond the range counts fully as long as the mean lies within
    assert.ok(Math.max(...mixed) > mean + 2 && Math.min(...mixed) < mean - 2);
    for (const [rewardLow, rewardHigh, expected] of [
      [mean - 1, mean + 1, mean],
      [mean + 0.5, mean + 1, mean + 0.5],
      [mean - 1, mean - 0.5, mean - 0.5],
    ]) {
      const changes = { ...scales, informationWeight: 0, hasEndings: true, rewardLow, rewardHigh };
      const built = informed(heads, { ...changes, candidates: 8 });
      assert.ok(maxAbsError(ofPlan(built, built.scores, 0), new Array(8).fill(expected)) < 1e-5);
    }
  });
});
test.run();
