import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout, walk } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { actionsOf, buildPlan, constant, linear, startsOf, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, randomRows, relativeError } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { mlp, randomNetwork } from "../../reference/nn.ts";
import { normalise, type World } from "../../reference/planner.ts";

const core = debugCore();

/** The starts after `walk`, [plans][D]. */
function imagined(world: World, steps: number): number[][] {
  return core.scope(() => {
    const built = buildPlan(core, world);
    const words = [...built.plan.words];
    walk(core, built.plan, steps);
    assert.equal([...built.plan.words], words);
    return startsOf(built);
  });
}

test("walks of every length up to `steps` occur, equally often", () => {
  // x' = x + 1/8: the distance tells the length
  const [plans, steps] = [4000, 6];
  const models = [constant(3, [1, 0, 0, 0, 0, 0])];
  const habit = constant(1, [0, 0]);
  const starts = Array.from({ length: plans }, (_, s) => [(s % 9) - 4]);
  const world = worldOf(1, 2, { plans, models, habit, starts, isDiscrete: true, stepScale: [0.125] });
  const lengths = imagined(world, steps).map(([x], s) => (x - starts[s][0]) * 8);
  const counts = new Array<number>(steps + 1).fill(0);
  for (const length of lengths) counts[length]++;
  const p = 1 / (steps + 1);
  // 4σ/√N
  for (const count of counts) assert.ok(Math.abs(count / plans - p) < 4 * Math.sqrt((p * (1 - p)) / plans));
});

test("no step leaves every start where it is, to a rounding of the normalisation", () => {
  const random = mulberry32(1);
  const starts = randomRows(random, 40, 3, -100, 100);
  const changes = { plans: 40, starts, shift: [1, -2, 30], scale: [0.05, 0.01, 0.03] };
  const actual = imagined(worldOf(3, 1, { ...changes, models: [constant(4, new Array(10).fill(1))] }), 0);
  assert.ok(relativeError(actual.flat(), starts.flat()) < 4 * 2 ** -24);
});

for (const firstMember of [0, 5])
  test(`states follow the mean model of member ${firstMember % 3} under the habit or one held action, without noise`, () => {
    // the habit takes action 1 where x̂_0 > 0, else action 0: never in doubt
    const byHabit = (x: readonly number[]) => (x[0] > 0 ? 1 : 0);
    const [plans, steps, D] = [70, 5, 2];
    const random = mulberry32(2);
    const models = [0, 1, 2].map(() => randomNetwork(random, [D + 2, 9, 8], "silu"));
    const habit = linear(
      [
        [0, 0],
        [1e6, 0],
      ],
      [0, 0],
    );
    const starts = randomRows(random, plans, D, -1, 3);
    const shift = randomRow(random, D);
    const scale = randomRow(random, D, 0.5, 2);
    const stepScale = randomRow(random, D, 0.2, 0.4);
    const changes = { plans, models, habit, starts, shift, scale, stepScale, firstMember };
    const world = worldOf(D, 2, { ...changes, isDiscrete: true, usesNoise: true });
    const actual = imagined(world, steps);
    const walkOf = (start: number[], act: (x: readonly number[]) => number) => {
      let x = normalise(world, start);
      const walk = [x];
      for (let time = 0; time < steps; time++) {
        const head = mlp(models[firstMember % 3], [...x, ...(act(x) === 1 ? [0, 1] : [1, 0])]);
        x = x.map((value, d) => Math.min(8, Math.max(-8, value + stepScale[d] * head[d])));
        walk.push(x);
      }
      return walk;
    };
    const errorsOf = (walk: number[][], s: number) =>
      walk.map((state) => {
        const expected = state.map((value, d) => value / scale[d] + shift[d]);
        return Math.max(...expected.map((value, d) => Math.abs(value - actual[s][d])));
      });
    const lengths = new Set<number>();
    const held = new Set<number>();
    starts.forEach((start, s) => {
      const policies = s % 2 === 0 ? [byHabit] : [() => 0, () => 1];
      const errors = policies.map((policy) => errorsOf(walkOf(start, policy), s));
      const nearest = Math.min(...errors.flat());
      assert.ok(nearest < 2e-6);
      const policy = errors.findIndex((walk) => walk.includes(nearest));
      lengths.add(errors[policy].indexOf(nearest));
      if (s % 2 === 1 && errors[policy][0] !== nearest) held.add(policy);
    });
    assert.is(lengths.size, steps + 1);
    assert.is(held.size, 2);
  });

test("continuous walks act within ±.995: even ones spread by the habit's bins, odd ones over all", () => {
  // x' = a, once: lanes of length 1 show their action
  const [plans, bins] = [4000, 5];
  const models = [
    linear(
      [
        [-1, 1],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      [0, 0, 0, 0, 0, 0],
    ),
  ];
  const habit = constant(1, [-100, 0, -100, -100, Math.log(3)]);
  const starts = Array.from({ length: plans }, () => [5]);
  const world = worldOf(1, 1, { plans, models, habit, starts, bins });
  const states = imagined(world, 1).flat();
  const moved = (parity: number) => states.filter((x, s) => s % 2 === parity && x !== 5);
  const actions = moved(0);
  const low = actions.filter((a) => a < 0);
  const high = actions.filter((a) => a > 0);
  assert.ok(low.every((a) => a >= -0.75 - 1e-6 && a <= -0.25 + 1e-6));
  assert.ok(high.every((a) => a >= 0.75 - 1e-6 && a <= 0.995 + 1e-6));
  const N = actions.length;
  assert.ok(Math.abs(high.length / N - 0.75) < 4 * Math.sqrt((0.75 * 0.25) / N));
  // uniform within the bin of width ½
  assert.ok(Math.abs(average(low) + 0.5) < (4 * 0.5) / Math.sqrt(12 * low.length));
  // any bin alike: mean 0; uniform on ±1¼ clipped to ±.995 has a variance below .6
  const free = moved(1);
  assert.ok(free.every((a) => Math.abs(a) <= 0.995 + 1e-6));
  assert.ok(Math.abs(average(free)) < 4 * Math.sqrt(0.6 / free.length));
  const middle = free.filter((a) => Math.abs(a) < 0.25).length / free.length;
  assert.ok(Math.abs(middle - 0.2) < 4 * Math.sqrt(0.16 / free.length));
});

/** A world whose state remembers: x_0' = x_0 + 1/8 counts, x_1' = ½ x_1 + a keeps actions a ∈ {0, 1}. */
function remembering(plans: number, step: number): World {
  const still = [0, 0, 0, 0];
  const models = [
    linear([still, [0, -0.5, 0, 1], still, still, still, still, still, still], [0.125, 0, 0, 0, 0, 0, 0, 0]),
  ];
  const starts = Array.from({ length: plans }, () => [0, 0]);
  return worldOf(2, 2, { plans, models, isDiscrete: true, step, starts });
}

/** The action at each time of a walk; undefined before its last twenty, which the state's 24 bits no longer hold. */
function actionsOfWalk(count: number, memory: number): (number | undefined)[] {
  const length = count * 8;
  return Array.from({ length }, (_, time) => {
    const back = length - 1 - time;
    return back < 20 ? Math.floor(memory * 2 ** back) % 2 : undefined;
  });
}

/** Half of the pairs are equal, within 4σ/√N = 4 · ½ / √N. */
function expectHalfEqual(pairs: (readonly [number | undefined, number | undefined])[]): void {
  const known = pairs.filter(([a, b]) => a !== undefined && b !== undefined);
  const equal = known.filter(([a, b]) => a === b).length;
  assert.ok(known.length > 400);
  assert.ok(Math.abs(equal / known.length - 0.5) < 2 / Math.sqrt(known.length));
}

test("walks of different starts draw different actions, at the same time and at others; odd ones hold theirs", () => {
  for (const delay of [0, 1, 32]) {
    const pairs = Array.from({ length: 16 }, (_, step) => step).flatMap((step) => {
      const walks = imagined(remembering(64, step), 59).map(([count, memory]) =>
        actionsOfWalk(count, memory),
      );
      return walks
        .slice(0, 32)
        .flatMap((walk, n) =>
          n % 2 === 0 ? walk.slice(delay).map((action, time) => [action, walks[n + 32][time]] as const) : [],
        );
    });
    expectHalfEqual(pairs);
  }
  const held = [0, 1, 2, 3, 4, 5, 6, 7]
    .flatMap((step) => imagined(remembering(64, step), 19).filter((_, s) => s % 2 === 1))
    .map(([count, memory]) => actionsOfWalk(count, memory).filter((action) => action !== undefined))
    .filter((walk) => walk.length > 0);
  for (const walk of held) assert.is(new Set(walk).size, 1);
  const ones = held.filter(([action]) => action === 1).length / held.length;
  assert.ok(Math.abs(ones - 0.5) < 2 / Math.sqrt(held.length));
});

test("a plan's habit candidates do not repeat the draws of its imagination", () => {
  const pairs = Array.from({ length: 40 }, (_, step) =>
    core.scope(() => {
      const world = { ...remembering(32, step), candidates: 32, habitCandidates: 31 };
      const built = buildPlan(core, world);
      walk(core, built.plan, 1);
      const walked = startsOf(built).map(([count, memory]) => actionsOfWalk(count, memory)[0]);
      propose(core, built.plan);
      rollout(core, built.plan);
      return walked.slice(1).map((action, n) => [action, actionsOf(built, 0, n + 1)[0][1]] as const);
    }),
  ).flat();
  expectHalfEqual(pairs);
});

test("names the argument, what it expected and what it got", () => {
  const { plan } = buildPlan(core, worldOf(1, 1, {}));
  assert.throws(
    () => walk(core, plan, -1),
    (error: Error) =>
      error instanceof RangeError && error.message === "steps: expected a whole number ≥ 0, got -1",
  );
});
test.run();
