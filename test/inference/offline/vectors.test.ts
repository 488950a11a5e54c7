import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PointBelief } from "../../../src/inference/offline/decision.ts";
import { interpolate, updateBest } from "../../../src/inference/offline/vectors.ts";

const SIZE = 5;
const weights = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: SIZE, maxLength: SIZE })
  .filter((list) => list.some((w) => w > 0));

function beliefOf(list: readonly number[]): PointBelief {
  const places = [...list.keys()].filter((i) => list[i] > 0);
  const sum = list.reduce((total, w) => total + w, 0);
  const p = Float64Array.from(places, (i) => list[i] / sum);
  return { block: 0, places: places.length === SIZE ? undefined : Uint32Array.from(places), p };
}

function dense({ places, p }: PointBelief): number[] {
  const list = new Array<number>(SIZE).fill(0);
  p.forEach((value, i) => {
    list[places?.[i] ?? i] = value;
  });
  return list;
}

test("the sawtooth is that of its formula, over dense beliefs", () => {
  fc.assert(
    fc.property(
      weights,
      fc.array(fc.tuple(weights, fc.integer({ min: 1, max: 9 })), { maxLength: 5 }),
      (list, drawn) => {
        const corners = Float64Array.of(3, 1, 4, 1, 5);
        const dot = (b: readonly number[]) => b.reduce((sum, p, s) => sum + p * corners[s], 0);
        const points = drawn.map(([point, gap]) => {
          const belief = beliefOf(point);
          const atCorners = dot(dense(belief));
          return { belief, atCorners, value: atCorners - gap };
        });
        const b = dense(beliefOf(list));
        const least = points.map(({ belief, atCorners, value }) => {
          const q = dense(belief);
          return (
            Math.min(...q.flatMap((share, s) => (share > 0 ? [b[s] / share] : []))) * (value - atCorners)
          );
        });
        const twin = dot(b) + Math.min(0, ...least);
        assert.ok(Math.abs(interpolate({ corners, points }, beliefOf(list)) - twin) < 1e-12);
        const later = dot(b) + Math.min(0, ...least.slice(1));
        assert.ok(Math.abs(interpolate({ corners, points }, beliefOf(list), 1) - later) < 1e-12);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

test("only vectors that are new are compared", () => {
  const belief = beliefOf([1, 1, 0, 0, 0]);
  const vectors = [
    { values: Float64Array.of(1, 1, 9, 9, 9), action: 0 },
    { values: Float64Array.of(4, 0, 0, 0, 0), action: 1 },
  ];
  const best = { compared: 0, vector: undefined, value: -Infinity };
  updateBest(best, vectors, belief);
  assert.equal(best, { compared: 2, vector: vectors[1], value: 2 });
  vectors[0].values.fill(100);
  updateBest(best, vectors, belief);
  assert.is(best.value, 2);
});

test.run();
