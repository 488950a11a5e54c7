import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allocateRecallRecord,
  countedGain,
  recallOutcomes,
  recallRows,
  recallStates,
  setRecall,
  snap,
} from "../../../src/core/recall.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();
const PLACES = 2 ** 14;

/** Three numbers of spacing 1, 2 and ½ in units of x̂, and two choices. */
function made({ pairs = 600, seed = 1, concentration = 0 } = {}) {
  const [D, A, size, stride] = [3, 2, 5, 10];
  const random = mulberry32(seed);
  const keys = core.u32(size);
  for (let i = 0; i < size; i++) keys[i] = Math.floor(random() * 2 ** 32) | 1;
  const [first, spacing] = [
    [-3, 1, 0.25],
    [1, 2, 0.5],
  ];
  const shift = core.f32([...first, 0, 0]);
  const scale = core.f32([...spacing.map((width) => 1 / width), 1, 1]);
  const index = core.u32(PLACES);
  const hashes = core.u32(PLACES / 2);
  const visits = core.f32(PLACES / 2);
  const newest = core.u32(4 * PLACES);
  // more rows than pairs: some pairs have several
  const table = core.f32(3 * pairs * stride);
  const known = new Map<string, { places: number[]; rows: number[]; n: number }>();
  for (let row = 0; row < 3 * pairs; row++) {
    const choice = Math.floor(2 * random());
    const places = [0, 1, 2].map(() => Math.floor(random() ** 2 * 12));
    places.push(choice === 0 ? 1 : 0, choice === 1 ? 1 : 0);
    const entry = known.get(places.join()) ?? { places, rows: [], n: 0 };
    known.set(places.join(), entry);
    entry.rows = [...entry.rows, row].slice(-8);
    entry.n++;
    for (let i = 0; i < stride; i++) table[row * stride + i] = random() - 0.5;
  }
  [...known.values()].forEach(({ places, rows, n }, pair) => {
    let hash = 0;
    places.forEach((place, i) => {
      hash = (hash + Math.imul(place, keys[i])) | 0;
    });
    hash = (hash ^ (hash >>> 15)) >>> 0;
    let at = Math.imul(hash, 0x9e3779b1) >>> 18;
    while (index[at] > 0) at = (at + 1) % PLACES;
    index[at] = pair + 1;
    hashes[pair] = hash;
    visits[pair] = n;
    newest.set(rows, 8 * pair);
  });
  const recall = allocateRecallRecord(core);
  const inputScale = core.f32([1, 0.5, 40]);
  const inputShift = core.f32([0.5, -2, 0.1]);
  setRecall(core, recall, {
    ...{
      size,
      observationSize: D,
      shift,
      scale,
      keys,
      index,
      hashes,
      visits,
      newest,
      table,
      stride,
      inputShift,
      inputScale,
    },
    ...{ rewardOffset: 0.25, concentration, countsVisits: 1, pathSteps: 6 },
    ...{ found: core.u32(3 * TILE), path: core.u32(2 * 6 * TILE) },
  });
  const inputOf = (lanes: readonly (readonly number[])[]) => {
    const input = core.f32(size * TILE);
    lanes.forEach((places, n) => {
      places.forEach((place, i) => {
        input[i * TILE + n] = i < D ? first[i] + place * spacing[i] : place;
      });
    });
    return input;
  };
  return { D, A, stride, table, recall, inputShift, inputScale, inputOf, known: [...known.values()], random };
}

/** 32 pairs: known ones, and every fourth one never seen. */
function lanesOf({ known, random }: ReturnType<typeof made>) {
  return Array.from({ length: TILE }, (_, n) => {
    const entry = known[Math.floor(random() * known.length)];
    return n % 4 === 3 ? { places: [90 + n, 1, 1, 1, 0], rows: [], n: 0 } : entry;
  });
}

test("without noise the newest row of each pair is recalled, and nothing where none was seen", () => {
  core.scope(() => {
    const all = made();
    const { D, stride, table, recall, inputShift, inputScale } = all;
    const lanes = lanesOf(all);
    const input = all.inputOf(lanes.map(({ places }) => places));
    assert.is(recallRows(core, recall, input), 24);
    const next = core.f32(D * TILE).fill(77);
    recallStates(core, recall, next);
    const rewards = core.f32(TILE).fill(77);
    const endings = core.f32(TILE).fill(77);
    recallOutcomes(core, recall, { rewards, endings }, [-0.1, 0.6]);
    lanes.forEach(({ rows }, n) => {
      if (rows.length === 0) {
        assert.equal([rewards[n], endings[n], next[n]], [77, 77, 77]);
        return;
      }
      const row = table.subarray(rows[rows.length - 1] * stride);
      for (let d = 0; d < D; d++) {
        const scaled = (row[d] + row[5 + d] - inputShift[d]) * inputScale[d];
        const expected = Math.min(8, Math.max(-8, scaled));
        assert.ok(Math.abs(next[d * TILE + n] - expected) < 1e-4);
      }
      assert.ok(Math.abs(rewards[n] - Math.min(0.6, Math.max(-0.1, row[8] + 0.25))) < 1e-6);
      assert.is(endings[n], row[9]);
    });
  });
});

test("a number beside its lattice recalls nothing; rounding does not count", () => {
  core.scope(() => {
    const all = made();
    const places = all.known[0].places;
    const input = all.inputOf(Array.from({ length: TILE }, () => places));
    for (let n = 0; n < TILE; n++) input[n] += n < 16 ? 1e-4 : 0.3;
    assert.is(recallRows(core, all.recall, input), 16);
  });
});

test("a number that never varied has one place", () => {
  core.scope(() => {
    const all = made();
    const places = all.known.find((entry) => entry.places[0] === 0)?.places ?? [];
    const input = all.inputOf(Array.from({ length: TILE }, () => places));
    setRecall(core, all.recall, { scale: core.f32([0, 0.5, 2, 1, 1]) });
    assert.is(recallRows(core, all.recall, input), TILE);
    for (let n = 0; n < 16; n++) input[n] += 0.5;
    assert.is(recallRows(core, all.recall, input), TILE / 2);
    snap(core, all.recall, input);
    for (let n = 0; n < TILE; n++) assert.is(input[n], -3);
  });
});

test("with noise each of the newest rows is as frequent, and the ensemble is asked with probability α / (n + α)", () => {
  core.scope(() => {
    const concentration = 2;
    const all = made({ concentration });
    const entry = all.known.find(({ n }) => n === 6);
    assert.ok(entry !== undefined);
    const input = all.inputOf(Array.from({ length: TILE }, () => entry.places));
    const random = mulberry32(3);
    const noise = core.f32(TILE);
    const next = core.f32(3 * TILE);
    let recalled = 0;
    const rounds = 400;
    const firsts = new Map<number, number>();
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < TILE; n++)
        noise[n] = Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
      recalled += recallRows(core, all.recall, input, noise);
      next.fill(77);
      recallStates(core, all.recall, next);
      for (let n = 0; n < TILE; n++) if (next[n] !== 77) firsts.set(next[n], (firsts.get(next[n]) ?? 0) + 1);
    }
    const draws = rounds * TILE;
    const probability = 6 / (6 + concentration);
    // five standard deviations of a count
    const within = (count: number, p: number) =>
      Math.abs(count - draws * p) < 5 * Math.sqrt(draws * p * (1 - p));
    assert.ok(within(recalled, probability), `${recalled} of ${draws}`);
    assert.is(firsts.size, 6);
    for (const count of firsts.values()) assert.ok(within(count, probability / 6), `${count} of ${draws}`);
  });
});

test("the gain of a plan is what all its visits together would tell, whatever their order", () => {
  core.scope(() => {
    const all = made();
    const { recall } = all;
    const gain = core.f32(TILE);
    // every lane goes through six steps, among three pairs; two particles have paths of their own
    const three = [all.known[0], all.known[1], { places: [99, 0, 0, 1, 0], n: 0 }];
    for (const particle of [1, 0]) {
      const random = mulberry32(particle + 5);
      const paths = Array.from({ length: TILE }, () =>
        Array.from({ length: 6 }, () => Math.floor(3 * random())),
      );
      const sums = new Float64Array(TILE);
      for (let time = 0; time < 6; time++) {
        recallRows(core, recall, all.inputOf(paths.map((path) => three[path[time]].places)));
        countedGain(core, recall, gain, { particle, time });
        for (let n = 0; n < TILE; n++) sums[n] += gain[n];
      }
      paths.forEach((path, n) => {
        // Σ_m ½ log(1 + E / (1 + E (n + m))) = ½ log((1 + E (n + m)) / (1 + E n)) of each pair
        const expected = three.reduce((sum, { n: visits }, pair) => {
          const times = path.filter((at) => at === pair).length;
          return sum + 0.5 * Math.log((1 + 100 * (visits + times)) / (1 + 100 * visits));
        }, 0);
        assert.ok(Math.abs(sums[n] - expected) < 1e-4, `${sums[n]} instead of ${expected}`);
      });
    }
  });
});

test("states move to the nearest place", () => {
  core.scope(() => {
    const all = made();
    const states = all.inputOf(all.known.slice(0, TILE).map(({ places }) => places)).slice(0, 3 * TILE);
    const moved = core.f32(Array.from(states, (value, i) => value + [0.4, -0.9, 0.2][Math.floor(i / TILE)]));
    snap(core, all.recall, moved);
    for (const [i, value] of states.entries()) assert.ok(Math.abs(moved[i] - value) < 1e-5);
  });
});

test.run();
