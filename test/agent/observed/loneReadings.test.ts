/** A reading that stands alone is learned from as one between its neighbours; all others as they came. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { takeNotices } from "../../../src/agent/notices.ts";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { smallAgent } from "../../helpers/smallAgent.ts";

/** What an agent holds of one dimension: observations and changes, row by row. @param last reading of an episode */
async function held(readings: readonly number[], last = -1) {
  const { agent } = await smallAgent("pendulum");
  for (let t = 0; t + 1 < readings.length; t++) {
    if (t === last) continue;
    const [observation, nextObservation] = [t, t + 1].map((s) => [Math.cos(s), Math.sin(s), readings[s]]);
    const flags = { terminated: false, truncated: t + 1 === last };
    agent.remember({ observation, action: [0], reward: Math.sin(t), nextObservation, ...flags });
  }
  const { experience, notices, origin } = agent.state as ObservedState;
  const { table, stride, counts } = experience;
  const column = (place: number) =>
    Array.from({ length: counts.rows }, (_, row) => table[row * stride + place]);
  return {
    seen: column(2).map((x) => x + origin.counts[2]),
    changes: column(6),
    warnings: takeNotices(notices),
  };
}

/** What was remembered, as 32 bits hold it. */
const plain = (readings: readonly number[]) => ({
  seen: readings.slice(0, -1).map((x) => Math.fround(x - readings[0]) + readings[0]),
  changes: readings.slice(1).map((x, t) => Math.fround(x - readings[t])),
});
const steps = (length: number) => Array.from({ length }, (_, t) => t);
/** Changes of .1 to .7 or so. */
const wave = (t: number) => Math.sin(0.7 * t) + 0.1 * Math.cos(2.3 * t);

test("one reading far from both its neighbours, of any size, counts as one between them, with a warning", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 30, max: 55 }),
      fc.double({ min: 50, max: 1e12, noNaN: true }),
      fc.boolean(),
      async (place, size, isNegative) => {
        const readings = steps(60).map(wave);
        const altered = readings.map((x, t) => (t === place ? (isNegative ? -size : size) : x));
        const [clean, faulty] = [await held(readings), await held(altered)];
        const middle = (readings[place - 1] + readings[place + 1]) / 2;
        // changes of 1e12 leave a part in 2²⁴ of what came with them
        const tolerance = 1e-5 + size * 2 ** -22;
        assert.ok(Math.abs(faulty.seen[place] - middle) <= tolerance, `${faulty.seen[place]}, ${middle}`);
        for (const t of steps(59)) {
          if (t !== place) assert.is(faulty.seen[t], clean.seen[t]);
          if (t !== place && t !== place - 1) assert.is(faulty.changes[t], clean.changes[t]);
          else assert.ok(Math.abs(faulty.changes[t]) < 2 + tolerance);
        }
        assert.match(faulty.warnings.join(), /^observation\[2\]: a value lay \d/);
      },
    ),
    { numRuns: 12, seed: 1 },
  );
});

const growth = fc.double({ min: 1.01, max: 2, noNaN: true });
const place = fc.integer({ min: 10, max: 50 });
const size = fc.double({ min: 10, max: 1e6, noNaN: true });
/** Worlds that do what they never did before. */
const worlds: Record<string, fc.Arbitrary<(t: number) => number>> = {
  "swings up": growth.map((g) => (t) => g ** t * Math.sin(0.7 * t)),
  "swings up with every step": growth.map((g) => (t) => (-g) ** t),
  grows: growth.map((g) => (t) => g ** t),
  "jumps, and stays": fc.tuple(place, size).map(
    ([at, by]) =>
      (t) =>
        wave(t) + (t >= at ? by : 0),
  ),
  "jumps for two steps": fc.tuple(place, size).map(
    ([at, by]) =>
      (t) =>
        wave(t) + (t === at || t === at + 1 ? by : 0),
  ),
  "was constant": fc.tuple(place, size).map(
    ([at, by]) =>
      (t) =>
        t === at ? by : 0,
  ),
  walks: fc.array(fc.integer({ min: -500, max: 499 }), { minLength: 60, maxLength: 60 }).map((moves) => {
    let sum = 0;
    const sums = moves.map((move) => (sum += move < 0 ? move - 100 : move + 100));
    return (t: number) => sums[t];
  }),
};

for (const [name, world] of Object.entries(worlds))
  test(`a world that ${name} is learned as it is`, async () => {
    await fc.assert(
      fc.asyncProperty(world, async (reading) => {
        const readings = steps(60).map(reading);
        const { seen, changes } = await held(readings);
        assert.equal({ seen, changes }, plain(readings));
      }),
      { numRuns: 8, seed: 2 },
    );
  });

test("a far reading that ends an episode is learned as it came: nothing tells where it would have led", async () => {
  const readings = steps(60).map((t) => wave(t) + (t === 40 ? 1e4 : 0));
  const { changes } = await held(readings, 40);
  assert.is(changes[39], Math.fround(readings[40] - readings[39]));
  assert.is(changes[40], Math.fround(readings[42] - readings[41]));
});

test("readings that go on to stand alone belong to the world: after some of them they are learned as they are", async () => {
  const readings = steps(400).map((t) => wave(t) + (t % 20 === 19 ? 50 : 0));
  const { changes } = await held(readings);
  const isFar = changes.map((change) => Math.abs(change) > 40);
  assert.ok(isFar.indexOf(true) > 38, `${isFar.indexOf(true)}`);
  assert.is(isFar.slice(200).filter(Boolean).length, 19, "ten of them, and nothing follows the last");
});

test.run();
