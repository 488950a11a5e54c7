/** Plans whose first action may not take every choice. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { allowFirst, labelFirstAction, propose, refine, rollout } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Built, buildPlan, candidatesOf, constant, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, sum } from "../../reference/arrays.ts";
import { softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { restricted } from "../../reference/planner.ts";

const core = debugCore(1 << 23);

/** A mask of the groups that allows one choice of each or more. */
const masksOf = (groups: readonly number[]) =>
  fc
    .tuple(...groups.map((n) => fc.array(fc.constantFrom(0, 1), { minLength: n, maxLength: n })))
    .filter((lists) => lists.every((list) => list.includes(1)))
    .map((lists) => lists.flat());
const problems = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((groups) =>
  fc.record({
    groups: fc.constant(groups),
    masks: fc.array(masksOf(groups), { minLength: 1, maxLength: 4 }),
    seed: fc.nat(),
    candidates: fc.constantFrom(4, 12, 40),
    correlation: fc.constantFrom(0, 0.7),
    habitShare: fc.constantFrom(0, 0.5),
  }),
);

interface Problem {
  readonly groups: readonly number[];
  readonly masks: readonly (readonly number[])[];
  readonly seed: number;
  readonly candidates: number;
  readonly correlation: number;
  readonly habitShare: number;
}

/** Plans with random probabilities, zeros among them, and a random habit. */
function masked({ groups, masks, seed, candidates, correlation, habitShare }: Problem, horizon = 2): Built {
  const random = mulberry32(seed);
  const steps = masks.map(() =>
    Array.from({ length: horizon }, () =>
      groups.flatMap((n) => {
        const row = randomRow(random, n, 0, 1).map((value) => (value < 0.3 ? 0 : value));
        return row.map((value) => (sum(row) === 0 ? 1 / n : value / sum(row)));
      }),
    ),
  );
  const K = sum(groups);
  return buildPlan(
    core,
    worldOf(1, K, {
      ...{ plans: masks.length, candidates, horizon, isDiscrete: true, groups, mask: masks, correlation },
      habitCandidates: Math.floor(habitShare * candidates),
      habit: constant(1, randomRow(random, K, -30, 30)),
      mean: steps.map((rows) => rows.flat()),
    }),
  );
}

/** Whether the first action of every candidate of every plan takes allowed choices alone, one of each group. */
function takesAllowed(built: Built, { groups, masks }: Problem): boolean {
  return masks.every((mask, s) =>
    candidatesOf(built, s).every(
      ([first]) => first.every((chosen, k) => chosen <= mask[k]) && sum(first) === groups.length,
    ),
  );
}

test("the first step is the plan's given that its choices are allowed; later steps are as they were", () => {
  fc.assert(
    fc.property(problems, (problem) => {
      core.scope(() => {
        const built = masked(problem);
        const K = sum(problem.groups);
        propose(core, built.plan);
        problem.masks.forEach((mask, s) => {
          const before = built.world.mean[s];
          const first = built.mean.subarray(s * 2 * K, s * 2 * K + K);
          // a quotient of sums of up to six numbers in f32
          assert.ok(maxAbsError(first, restricted(before.slice(0, K), mask, problem.groups)) < 1e-6);
          assert.equal(
            [...built.mean.subarray(s * 2 * K + K, (s + 1) * 2 * K)],
            before.slice(K).map(Math.fround),
          );
        });
      });
    }),
    { numRuns: 100, seed: 1 },
  );
});

test("no candidate begins with what is not allowed, nor does the refined plan, nor the label", () => {
  fc.assert(
    fc.property(problems, (problem) => {
      core.scope(() => {
        const built = masked(problem);
        const K = sum(problem.groups);
        propose(core, built.plan);
        assert.ok(takesAllowed(built, problem));
        rollout(core, built.plan);
        assert.ok(takesAllowed(built, problem), "by the habit");
        built.weights.fill(1 / built.world.candidates);
        refine(core, built.plan);
        labelFirstAction(core, built.plan);
        problem.masks.forEach((mask, s) => {
          mask.forEach((isAllowed, k) => {
            const [mean, label] = [built.mean[s * 2 * K + k], built.label[s * K + k]];
            assert.ok(isAllowed === 1 ? mean > 0 : mean === 0 && label === 0);
          });
          const total = sum([...built.mean.subarray(s * 2 * K, s * 2 * K + K)]);
          assert.ok(Math.abs(total - problem.groups.length) < 1e-5);
        });
      });
    }),
    { numRuns: 100, seed: 2 },
  );
});

test("allowed choices are as frequent as they are probable among themselves, by plan and by habit", () => {
  core.scope(() => {
    const [groups, mask, candidates] = [[3, 4], [1, 0, 1, 0, 1, 1, 0], 4000];
    const problem = { groups, masks: [mask], seed: 3, candidates, correlation: 0, habitShare: 0.5 };
    const logits = [0, 3, 1, 0.5, -1, 0.2, 9];
    const world = masked(problem, 1).world;
    const built = buildPlan(core, {
      ...world,
      habit: constant(1, logits),
      mean: [[0.2, 0.5, 0.3, 0.1, 0.2, 0.3, 0.4]],
    });
    propose(core, built.plan);
    rollout(core, built.plan);
    const first = candidatesOf(built, 0).map(([action]) => action);
    const habit = [...softmax(logits.slice(0, 3)), ...softmax(logits.slice(3))];
    const plan = restricted(built.world.mean[0], mask, groups);
    for (const [p, draws] of [
      [restricted(habit, mask, groups), first.slice(1, 2001)],
      [plan, first.slice(2001)],
    ] as const)
      p.forEach((probability, k) => {
        const share = average(draws.map((action) => action[k]));
        const tolerance = 4 * Math.sqrt((probability * (1 - probability)) / draws.length);
        assert.ok(Math.abs(share - probability) <= tolerance, `${k}: ${share}, ${probability}`);
      });
  });
});

test("a mask holds until another, or none, is given; it is as long as the plans' choices", () => {
  core.scope(() => {
    const shape = { candidates: 40, isDiscrete: true };
    const built = buildPlan(core, worldOf(1, 3, shape));
    const choices = () => new Set(candidatesOf(built, 0).map(([action]) => action.indexOf(1)));
    allowFirst(core, built.plan, core.f32([0, 1, 0]));
    propose(core, built.plan);
    assert.equal([...choices()], [1]);
    built.mean.fill(1 / 3);
    allowFirst(core, built.plan, undefined);
    propose(core, built.plan);
    assert.is(choices().size, 3);
    assert.throws(
      () => allowFirst(core, built.plan, core.f32(2)),
      (error: Error) => error.message === "mask: expected [1, 3] = 3 values, got 2",
    );
  });
});
test.run();
