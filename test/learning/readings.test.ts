import { test } from "uvu";
import * as assert from "uvu/assert";
import { createReadings, includeReadings, type Readings, steady } from "../../src/learning/readings.ts";
import { mulberry32 } from "../reference/kernels.ts";

/** Readings of three dimensions around 10, of deviation .29, with some in place of the second. */
function readings(altered: (t: number) => number | undefined, count = 200): Readings {
  const random = mulberry32(3);
  const made = createReadings(3);
  for (let t = 0; t < count; t++) {
    const [x, y, z] = [10 + random(), 10 + random(), 10 + random()];
    includeReadings(made, [x, altered(t) ?? y, z]);
  }
  return made;
}

const scalesOf = (of: Readings, plain: number) => {
  const [mean, std, isSpoilt] = [
    new Float32Array(3).fill(1),
    new Float32Array(3).fill(plain),
    new Float32Array(3),
  ];
  steady(of, mean, std, isSpoilt);
  return { mean, std, isSpoilt };
};

test("where plain moments are no more than twice the steady ones they stay as they are", () => {
  const { mean, std, isSpoilt } = scalesOf(
    readings(() => undefined),
    0.5,
  );
  assert.equal(
    [[...mean], [...std], [...isSpoilt]],
    [
      [1, 1, 1],
      [0.5, 0.5, 0.5],
      [0, 0, 0],
    ],
  );
});

test("one reading moves steady moments by at most eight deviations of one in so many, and they replace plain ones", () => {
  const plain = scalesOf(
    readings(() => undefined),
    1e6,
  );
  const { mean, std, isSpoilt } = scalesOf(
    readings((t) => (t === 100 ? 1e9 : undefined)),
    1e6,
  );
  assert.equal([...isSpoilt], [1, 1, 1]);
  assert.ok(std[1] > plain.std[1] && std[1] < plain.std[1] * Math.sqrt(1 + 64 / 100));
  assert.ok(Math.abs(mean[1] - plain.mean[1]) < 8 * 0.29 * (1 / 100));
  assert.equal([mean[0], std[2]], [plain.mean[0], plain.std[2]]);
});

test("what was not seen changes nothing, and what never varied has no steady deviation", () => {
  const of = readings((t) => (t % 2 ? Number.NaN : 7));
  assert.equal([of.seen.counts[1], of.mean.counts[1], of.squares.counts[1]], [100, 7, 0]);
  assert.equal([...scalesOf(of, 1e6).isSpoilt], [1, 0, 1]);
});

test.run();
