import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose } from "../../../src/core/planner.ts";
import { normal, uniform } from "../../../src/core/random.ts";
import { pad4, TILE, tilesFor } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { actionsOf, buildPlan, candidatesOf, persistencesOf, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, randomRows, sum } from "../../reference/arrays.ts";
import { ancestorsAt, maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { persistentDraws, persistentNoise, type World } from "../../reference/planner.ts";

const core = debugCore(1 << 23);
const random = mulberry32(1);
const [plans, candidates, horizon, A] = [3, 2020, 3, 5];
const mean = randomRows(random, plans, horizon * A);
const std = randomRows(random, plans, horizon * A, 0.1, 2);
/** Of every place (step, action) the candidates' values but the centre's. */
const places = (all: number[][][]) => all[0].flat().map((_, i) => all.slice(1).map((u) => u.flat()[i]));

for (const correlation of [0, 0.7])
  test(`continuous candidates have the plan's mean and deviation at every step of every plan, ρ=${correlation}`, () => {
    core.scope(() => {
      const built = buildPlan(core, worldOf(2, A, { plans, candidates, horizon, mean, std, correlation }));
      propose(core, built.plan);
      for (let s = 0; s < plans; s++)
        places(candidatesOf(built, s)).forEach((u, i) => {
          const z = u.map((value) => (value - mean[s][i]) / std[s][i]);
          // 4σ/√N; the square of a normal has variance 2, its fourth power 96
          assert.ok(Math.abs(average(z)) < 4 / Math.sqrt(u.length));
          assert.ok(Math.abs(average(z.map((value) => value ** 2)) - 1) < 4 * Math.sqrt(2 / u.length));
          assert.ok(Math.abs(average(z.map((value) => value ** 4)) - 3) < 4 * Math.sqrt(96 / u.length));
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

/** Standardised noise of two places of a plan, averaged over candidates: their correlation. */
const correlationOf = (u: number[], other: number[]) => average(u.map((value, n) => value * other[n]));

for (const correlation of [0.3, 0.7, 0.95])
  test(`noise k steps apart is correlated by ρᵏ within an action, by nothing between actions, ρ=${correlation}`, () => {
    core.scope(() => {
      const built = buildPlan(core, worldOf(2, A, { plans, candidates, horizon, mean, std, correlation }));
      propose(core, built.plan);
      for (let s = 0; s < plans; s++) {
        const z = places(candidatesOf(built, s)).map((u, i) => u.map((v) => (v - mean[s][i]) / std[s][i]));
        for (let a = 0; a < A; a++)
          for (let k = 1; k < horizon; k++)
            for (let time = 0; time + k < horizon; time++) {
              const rho = correlation ** k;
              const actual = correlationOf(z[time * A + a], z[(time + k) * A + a]);
              // 4σ/√N; the product of normals of correlation ρ has variance 1 + ρ²
              assert.ok(Math.abs(actual - rho) < 4 * Math.sqrt((1 + rho * rho) / z[0].length));
              const across = correlationOf(z[time * A + a], z[(time + k) * A + ((a + 1) % A)]);
              assert.ok(Math.abs(across) < 4 / Math.sqrt(z[0].length));
            }
      }
    });
  });

/** The numbers that a lane's candidate is made of: row a of each step, as the kernel's stream 0 gives them. */
function freshOf({ seed, stream, step, horizon, plans, candidates }: World, A: number, draw: typeof normal) {
  const size = horizon * pad4(A) * TILE;
  const tiles = Array.from({ length: tilesFor(plans * candidates) }, (_, tile) =>
    Array.from(draw(core, core.f32(size), seed[0], seed[1], stream, tile, step)),
  );
  return (lane: number, a: number) =>
    Array.from(
      { length: horizon },
      (_, time) => tiles[Math.floor(lane / TILE)][(time * pad4(A) + a) * TILE + (lane % TILE)],
    );
}

for (const correlation of [0, 0.7, 0.999, [0.8, 0, 0.95, 0.5]])
  test(`continuous candidates are those of the f64 reference, ρ=${correlation}`, () => {
    core.scope(() => {
      const few = { plans, candidates: 20, horizon, mean, std, correlation, stream: 5, step: 3 };
      const built = buildPlan(core, worldOf(2, A, few));
      propose(core, built.plan);
      const fresh = freshOf(built.world, A, normal);
      for (let s = 0; s < plans; s++)
        for (let n = 1; n < 20; n++)
          for (let a = 0; a < A; a++) {
            const noise = persistentNoise(
              fresh(s * 20 + n, a),
              persistencesOf(built.world)[Math.floor(n / 4) % 4],
            );
            const at = (row: number[]) => noise.map((_, time) => row[time * A + a]);
            const expected = noise.map((e, time) => at(mean[s])[time] + at(std[s])[time] * e);
            const actual = actionsOf(built, s, n).map((u) => u[a]);
            // u is below 12; three roundings a step
            assert.ok(maxAbsError(actual, expected) < 3 * horizon * 12 * 2 ** -24);
          }
    });
  });

for (const correlation of [0, 0.7, 0.999, [0.8, 0, 0.95, 0.5]])
  for (const K of [1, 2, 5])
    test(`discrete candidates of ${K} actions are those of the f64 reference, ρ=${correlation}`, () => {
      core.scope(() => {
        const [few, steps] = [24, 6];
        const rows = randomRows(mulberry32(K), plans * steps, K, 0.1, 1);
        const p = rows.map((row) => row.map((value) => Math.fround(value / sum(row))));
        const mean = [0, 1, 2].map((s) => p.slice(s * steps, (s + 1) * steps).flat());
        const changes = { plans, candidates: few, horizon: steps, isDiscrete: true, mean, correlation };
        const built = buildPlan(core, worldOf(1, K, changes));
        propose(core, built.plan);
        const fresh = freshOf(built.world, K, uniform);
        for (let s = 0; s < plans; s++)
          for (let n = 1; n < few; n++) {
            const lane = s * few + n;
            const draws = persistentDraws(
              fresh(lane, 0),
              fresh(lane, 1),
              persistencesOf(built.world)[Math.floor((lane % few) / 4) % 4],
            );
            const expected = draws.map((draw, time) => ancestorsAt([draw], p[s * steps + time])[0]);
            assert.equal(
              actionsOf(built, s, n).map((a) => a.indexOf(1)),
              expected,
            );
          }
      });
    });

for (const correlation of [0, 0.7, [0.8, 0, 0.95, 0.5]])
  for (const groups of [
    [2, 3],
    [3, 1, 2, 4],
    [4, 4],
  ])
    test(`each of the groups ${groups} is drawn as the f64 reference does, ρ=${correlation}`, () => {
      core.scope(() => {
        const [few, steps, K] = [24, 6, sum(groups)];
        const random = mulberry32(K);
        const firsts = groups.map((_, g) => sum(groups.slice(0, g)));
        const draw = () => groups.map((n) => randomRow(random, n, 0.1, 1));
        const p = Array.from({ length: plans * steps }, () =>
          draw().map((row) => row.map((value) => Math.fround(value / sum(row)))),
        );
        const mean = [0, 1, 2].map((s) => p.slice(s * steps, (s + 1) * steps).flat(2));
        const changes = {
          plans,
          candidates: few,
          horizon: steps,
          isDiscrete: true,
          groups,
          mean,
          correlation,
        };
        const built = buildPlan(core, worldOf(1, K, changes));
        propose(core, built.plan);
        const fresh = freshOf(built.world, K, uniform);
        for (let s = 0; s < plans; s++)
          for (let n = 1; n < few; n++)
            groups.forEach((size, g) => {
              const lane = s * few + n;
              const rho = persistencesOf(built.world)[Math.floor((lane % few) / 4) % 4];
              const draws = persistentDraws(
                fresh(lane, firsts[g]),
                fresh(lane, firsts[g] + Number(size > 1)),
                rho,
              );
              const expected = draws.map((value, time) => ancestorsAt([value], p[s * steps + time][g])[0]);
              const actual = actionsOf(built, s, n).map((a) =>
                a.slice(firsts[g], firsts[g] + size).indexOf(1),
              );
              assert.equal(actual, size > 1 ? expected : actual.map(() => 0));
            });
        for (const step of candidatesOf(built, 1).flat())
          groups.forEach((size, g) => {
            assert.is(sum(step.slice(firsts[g], firsts[g] + size)), 1);
          });
      });
    });

for (const [K, correlation] of [
  [2, 0.7],
  [5, 0.7],
  [5, 0],
  [3, 0.9],
])
  test(`of ${K} equally probable actions a step repeats the last with probability ρ + (1 − ρ)/A, ρ=${correlation}`, () => {
    core.scope(() => {
      const changes = { candidates, horizon: 5, isDiscrete: true, correlation };
      const built = buildPlan(core, worldOf(1, K, changes));
      propose(core, built.plan);
      const all = candidatesOf(built, 0).slice(1);
      for (const [k, rho] of [
        [1, correlation],
        [2, correlation ** 2],
      ])
        for (let time = 0; time + k < 5; time++) {
          const repeats = average(all.map((a) => a[time].indexOf(1)).map((i, n) => all[n][time + k][i]));
          const expected = rho + (1 - rho) / K;
          const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / all.length);
          assert.ok(Math.abs(repeats - expected) < tolerance);
        }
    });
  });

for (const [isDiscrete, size] of [
  [false, 3],
  [true, 6],
] as const)
  test(`candidate 0 is the ${isDiscrete ? "most probable actions" : "mean"}, where plans share tiles`, () => {
    core.scope(() => {
      const values = { plans: 7, candidates: 12, horizon: 3, isDiscrete, correlation: 0.6 };
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

for (const correlation of [0, 0.7])
  test(`discrete candidates are one-hot, drawn with the plan's probabilities, never where they are zero, ρ=${correlation}`, () => {
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
        worldOf(1, 5, { plans: 2, candidates, horizon: 2, isDiscrete: true, mean, correlation }),
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
