import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { recallRows } from "../../src/core/recall.ts";
import { rowOf } from "../../src/core/table.ts";
import { TILE } from "../../src/core/tiles.ts";
import { allocateExperience, appendRow, type Experience } from "../../src/learning/experience.ts";
import {
  allocateRecall,
  applyRecall,
  enterRow,
  initialiseRecall,
  leaveRow,
  rebuildRecall,
  refreshLattices,
} from "../../src/learning/recall.ts";
import { allocateStatistics } from "../../src/models/statistics.ts";
import { mulberry32 } from "../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 23 });
const [D, A] = [2, 3];
const STEPS = 4;
const ORIGIN = { origin: [0, 0] };

/** An experience, its recall, and how transitions enter both. */
function made(capacity = 64) {
  const experience = allocateExperience(core, D, A, capacity);
  const statistics = allocateStatistics(core, D, A);
  const recall = allocateRecall(core, { D, A, particles: 2, steps: STEPS });
  initialiseRecall(core, recall, { experience, statistics, steps: STEPS });
  const enter = ({ x, a, to, reward = 0, terminated = false }: Step) => {
    leaveRow(recall, experience);
    const row = appendRow(experience, { reward, terminated });
    row.set([...x, ...[0, 1, 2].map((k) => Number(k === a)), ...x.map((value, d) => to[d] - value)]);
    row.set([reward, Number(terminated)], 2 * D + A);
    enterRow(recall, experience, (experience.counts.next + capacity - 1) % capacity);
  };
  return { experience, statistics, recall, enter };
}

interface Step {
  readonly x: readonly [number, number];
  readonly a: number;
  readonly to: readonly [number, number];
  readonly reward?: number;
  readonly terminated?: boolean;
}

/** Walks on a board of 4 × 3 squares, which slips at times. */
function walks(count: number, seed: number, slip = 0): Step[] {
  const random = mulberry32(seed);
  let x: readonly [number, number] = [0, 0];
  return Array.from({ length: count }, () => {
    const a = Math.floor(3 * random());
    const [dx, dy] =
      random() < slip
        ? [0, 0]
        : [
            [1, 0],
            [0, 1],
            [-1, -1],
          ][a];
    const to = [(x[0] + dx + 4) % 4, (x[1] + dy + 3) % 3] as const;
    const step = { x, a, to, reward: to[0] };
    x = to;
    return step;
  });
}

/** n and rows by pair, found by looking at all rows. */
function pairsOf({ table, stride, counts: { rows, next } }: Experience): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (let i = 0; i < rows; i++) {
    const row = (next + i) % rows;
    const key = table.subarray(row * stride, row * stride + D + A).join();
    pairs.set(key, [...(pairs.get(key) ?? []), row]);
  }
  return pairs;
}

/** What the tables say of each pair: its visits, and the rows that are kept, by looking the pair of every lane up. */
function lookedUp(
  { recall, experience, statistics }: ReturnType<typeof made>,
  keys: readonly string[],
): Map<string, { visits: number; kept: number[] }> {
  const found = new Map<string, { visits: number; kept: number[] }>();
  applyRecall(core, recall, statistics);
  for (let from = 0; from < keys.length; from += TILE) {
    const input = core.f32((D + A) * TILE);
    const some = keys.slice(from, from + TILE);
    some.forEach((key, n) => {
      key.split(",").forEach((value, i) => {
        input[i * TILE + n] = Number(value);
      });
    });
    recallRows(core, recall.record.instance, input);
    some.forEach((key, n) => {
      const pair = recall.work.found[n] - 1;
      const visits = pair < 0 ? 0 : recall.work.visits[pair];
      const kept = pair < 0 ? [] : [...recall.work.newest.subarray(pair * 8, pair * 8 + Math.min(visits, 8))];
      found.set(key, { visits, kept });
    });
  }
  assert.ok(experience.counts.rows > 0);
  return found;
}

for (const capacity of [64, 300, 1000])
  test(`visits and rows of every pair are those of the experience, also when old rows give way (${capacity} rows)`, () => {
    core.scope(() => {
      const all = made(capacity);
      for (const [i, step] of walks(700, 3, 0.2).entries()) {
        all.enter(step);
        if (i === 40) refreshLattices(all.recall, all.experience, ORIGIN);
      }
      const expected = pairsOf(all.experience);
      const found = lookedUp(all, [...expected.keys()]);
      for (const [key, rows] of expected) {
        assert.is(found.get(key)?.visits, rows.length, key);
        assert.equal(found.get(key)?.kept, rows.slice(-8), key);
      }
      // made anew they are the same
      rebuildRecall(all.recall, all.experience);
      assert.equal([...lookedUp(all, [...expected.keys()])], [...found]);
    });
  });

test("a pair that was never seen is not found", () => {
  core.scope(() => {
    const all = made();
    for (const step of walks(30, 1)) all.enter(step);
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.is(lookedUp(all, ["9,9,1,0,0"]).get("9,9,1,0,0")?.visits, 0);
  });
});

test("without chance nothing surprises, with it some of what follows does", () => {
  core.scope(() => {
    const counts = [0, 0.2, 0.5].map((slip) => {
      const all = made(1000);
      for (const step of walks(600, 5, slip)) all.enter(step);
      refreshLattices(all.recall, all.experience, ORIGIN);
      return all.recall.counts;
    });
    assert.is(counts[0].surprises, 0);
    assert.ok(counts[0].repeats > 500);
    assert.ok(counts[1].surprises > 0 && counts[2].surprises > 0);
  });
});

test("plans follow it while nearly nothing is left to chance", () => {
  core.scope(() => {
    for (const [slip, isFollowed] of [
      [0, true],
      [0.3, false],
    ] as const) {
      const all = made(1000);
      for (const step of walks(400, 5, slip)) all.enter(step);
      refreshLattices(all.recall, all.experience, ORIGIN);
      assert.is(applyRecall(core, all.recall, all.statistics), isFollowed);
    }
  });
});

test("a number of any value ends the recall; one odd reading does not", () => {
  core.scope(() => {
    const all = made(1000);
    const random = mulberry32(9);
    for (const step of walks(100, 1)) all.enter(step);
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.ok(all.recall.counts.isInUse);
    all.enter({ x: [1e9, 0], a: 0, to: [0, 0] });
    assert.is(all.recall.counts.strays, 1);
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.ok(all.recall.counts.isInUse);
    for (const step of walks(100, 2)) all.enter({ ...step, x: [random(), step.x[1]] });
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.not(all.recall.counts.isInUse);
    assert.not(applyRecall(core, all.recall, all.statistics));
  });
});

test("a constant number that begins to move gets its lattice at the next refresh", () => {
  core.scope(() => {
    const all = made(1000);
    for (const step of walks(100, 1)) all.enter({ ...step, x: [step.x[0], 5] });
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.equal([...all.recall.spacing], [1, 0]);
    all.enter({ x: [0, 6], a: 0, to: [1, 6] });
    refreshLattices(all.recall, all.experience, ORIGIN);
    assert.equal([...all.recall.spacing], [1, 1]);
    assert.is(lookedUp(all, ["0,6,1,0,0"]).get("0,6,1,0,0")?.visits, 1);
  });
});

test("any sequence of rows leaves the tables as they are when made anew", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 8, max: 80 }), (seed, capacity) => {
      core.scope(() => {
        const all = made(capacity);
        for (const step of walks(20, seed, 0.3)) all.enter(step);
        refreshLattices(all.recall, all.experience, ORIGIN);
        for (const step of walks(seed % 150, seed + 1, 0.3)) all.enter(step);
        const keys = [...pairsOf(all.experience).keys()];
        const found = [...lookedUp(all, keys)];
        rebuildRecall(all.recall, all.experience);
        assert.equal([...lookedUp(all, keys)], found);
        for (const [key, { kept }] of found)
          for (const row of kept)
            assert.is(
              rowOf(all.experience, row)
                .subarray(0, D + A)
                .join(),
              key,
            );
      });
    }),
    { seed: 1, numRuns: 40 },
  );
});

test.run();
