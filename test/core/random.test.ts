import { test } from "uvu";
import * as assert from "uvu/assert";
import { createRandom, seedWords } from "../../src/core/random.ts";
import { debugCore } from "../helpers/debugCore.ts";
import * as reference from "../reference/kernels.ts";
import { moment } from "../reference/statistics.ts";

const core = debugCore(1 << 23);

test("createRandom repeats with its seed and stream, and has the right moments", () => {
  const seed = 2 ** 40 + 5;
  const draws = (random = createRandom(core, seed, 3)) => [
    random.uniform(),
    random.normal(),
    random.integer(9),
  ];
  assert.equal(draws(), draws());
  assert.not.equal(draws(), draws(createRandom(core, seed, 4)));
  assert.not.equal(draws(), draws(createRandom(core, seed + 1, 3)));
  assert.not.equal(draws(), draws(createRandom(core, 5, 3)));

  const random = createRandom(core, 20);
  const N = 20000;
  const of = (draw: () => number) => Float64Array.from({ length: N }, draw);
  const z = of(() => random.normal());
  assert.ok(Math.abs(moment(z, 1)) < 4 / Math.sqrt(N));
  assert.ok(Math.abs(moment(z, 2) - 1) < 4 * Math.sqrt(2 / N));
  assert.ok(Math.abs(moment(z, 4) - 3) < 4 * Math.sqrt(96 / N));
  const u = of(() => random.uniform(-3, 5));
  assert.ok(u.every((value) => value >= -3 && value < 5));
  assert.ok(Math.abs(moment(u, 1) - 1) < (4 * 8) / Math.sqrt(12 * N));
  const k = of(() => random.integer(3));
  for (const face of [0, 1, 2])
    assert.ok(Math.abs(k.filter((value) => value === face).length - N / 3) < 4 * Math.sqrt((N * 2) / 9));
});

test("createRandom's numbers are those of the twin", () => {
  const random = createRandom(core, 2 ** 32 * 7 + 6, 21);
  const unit = (first: number, second: number) => ((first >>> 5) * 2 ** 26 + (second >>> 6)) / 2 ** 53;
  for (let index = 0; index < 8; index++) {
    const [w0, w1, w2, w3] = reference.philox([index, 0, 0xffffffff, 21], [6, 7]);
    if (index % 2 === 0) assert.is(random.uniform(), unit(w0, w1));
    else {
      const expected = Math.sqrt(-2 * Math.log(1 - unit(w0, w1))) * Math.cos(2 * Math.PI * unit(w2, w3));
      assert.ok(Math.abs(random.normal() - expected) < 1e-14);
    }
  }
});

test("seedWords splits a seed; wrong seeds are named", () => {
  assert.equal(seedWords(2 ** 32 * 3 + 4), [4, 3]);
  assert.equal(seedWords(Number.MAX_SAFE_INTEGER), [0xffffffff, 2 ** 21 - 1]);
  for (const [call, message] of [
    [() => seedWords(-1), "seed: expected a whole number ≥ 0, got -1"],
    [() => createRandom(core, 1.5), "seed: expected a whole number ≥ 0, got 1.5"],
    [() => createRandom(core, 2 ** 53), "seed: expected a whole number ≥ 0, got 9007199254740992"],
    [() => createRandom(core, 1).integer(0), "n: expected a whole number ≥ 1, got 0"],
  ] as const)
    assert.throws(call, (error: Error) => error instanceof RangeError && error.message === message);
});

test.run();
