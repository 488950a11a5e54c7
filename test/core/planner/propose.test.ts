import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose } from "../../../src/core/planner.ts";
import { debugCore } from "../../core.ts";
import { actionsOf, buildPlan, candidatesOf, worldOf } from "../../plan.ts";
import { average, randomRows, sum } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference.ts";

const core = debugCore(1 << 23);
const random = mulberry32(1);
const [plans, candidates, horizon, A] = [3, 2020, 2, 5];
const mean = randomRows(random, plans, horizon * A);
const std = randomRows(random, plans, horizon * A, 0.1, 2);
/** Of every place (step, action) the candidates' values but the centre's. */
const places = (all: number[][][]) => all[0].flat().map((_, i) => all.slice(1).map((u) => u.flat()[i]));

test("continuous candidates have the plan's mean and standard deviation at every step of every plan", () => {
  core.scope(() => {
    const built = buildPlan(core, worldOf(2, A, { plans, candidates, horizon, mean, std }));
    propose(core, built.plan);
    for (let s = 0; s < plans; s++)
      places(candidatesOf(built, s)).forEach((u, i) => {
        const z = u.map((value) => (value - mean[s][i]) / std[s][i]);
        // 4σ/√N; the square of a normal has variance 2
        assert.ok(Math.abs(average(z)) < 4 / Math.sqrt(u.length));
        assert.ok(Math.abs(average(z.map((value) => value * value)) - 1) < 4 * Math.sqrt(2 / u.length));
      });
  });
});

test("candidates are independent of each other, and so are steps, actions and plans", () => {
  core.scope(() => {
    const built = buildPlan(core, worldOf(2, A, { plans, candidates, horizon }));
    propose(core, built.plan);
    const u = [0, 1, 2].flatMap((s) => places(candidatesOf(built, s)));
    const shifted = [...u[0].slice(1), u[0][0]];
    for (const other of [u[1], u[A], u[horizon * A], u[2 * horizon * A], shifted])
      assert.ok(Math.abs(average(u[0].map((value, n) => value * other[n]))) < 4 / Math.sqrt(candidates));
  });
});

for (const [isDiscrete, size] of [
  [false, 3],
  [true, 6],
] as const)
  test(`candidate 0 is the ${isDiscrete ? "most probable actions" : "mean"}, where plans share tiles`, () => {
    core.scope(() => {
      const values = { plans: 7, candidates: 12, horizon: 3, isDiscrete };
      const centres = randomRows(mulberry32(2), 7, 3 * size, 0, 1);
      const built = buildPlan(core, worldOf(1, size, { ...values, mean: centres }));
      propose(core, built.plan);
      centres.forEach((centre, s) => {
        const expected = isDiscrete
          ? [0, size, 2 * size].flatMap((from) => {
              const p = centre.slice(from, from + size);
              return p.map((value) => (value === Math.max(...p) ? 1 : 0));
            })
          : centre;
        assert.equal(actionsOf(built, s, 0).flat(), expected);
        assert.ok(actionsOf(built, s, 1).flat().every(Number.isFinite));
        if (!isDiscrete) assert.not.equal(actionsOf(built, s, 1).flat(), expected);
      });
    });
  });

test("discrete candidates are one-hot, drawn with the plan's probabilities, never where they are zero", () => {
  core.scope(() => {
    const rows = [
      [0.25, 0, 0.5, 0.25, 0],
      [0, 0, 0, 0, 1],
      [0.2, 0.2, 0.2, 0.2, 0.2],
      [1, 0, 0, 0, 0],
    ];
    const mean = [
      [...rows[0], ...rows[1]],
      [...rows[2], ...rows[3]],
    ];
    const built = buildPlan(
      core,
      worldOf(1, 5, { plans: 2, candidates, horizon: 2, isDiscrete: true, mean }),
    );
    propose(core, built.plan);
    for (let s = 0; s < 2; s++) {
      const all = candidatesOf(built, s);
      for (const step of all.flat()) assert.ok(sum(step) === 1 && step.every((a) => a === 0 || a === 1));
      places(all).forEach((draws, i) => {
        const p = mean[s][i];
        const tolerance = 4 * Math.sqrt((p * (1 - p)) / draws.length);
        assert.ok(Math.abs(average(draws) - p) <= tolerance);
      });
    }
  });
});

test("the same seed gives the same candidates; another seed, stream or step gives others; a further plan none", () => {
  core.scope(() => {
    const draw = (changes: object) => {
      const built = buildPlan(core, worldOf(1, 2, { candidates: 40, horizon: 3, ...changes }));
      propose(core, built.plan);
      return candidatesOf(built, 0).flat(2);
    };
    const first = draw({});
    assert.equal(draw({}), first);
    assert.equal(draw({ plans: 3 }), first);
    for (const changes of [{ seed: [2, 0] }, { seed: [1, 1] }, { stream: 9 }, { step: 1 }])
      assert.not.equal(draw(changes), first);
  });
});
test.run();
