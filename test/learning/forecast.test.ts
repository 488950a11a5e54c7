import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { allocateForecast, forecast } from "../../src/learning/forecast.ts";
import { allocateSequences, appendObservation } from "../../src/learning/sequences.ts";
import { gaussian } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 21 });
const unit = (size: number) => ({
  shift: new Float32Array(size),
  scale: new Float32Array(size).fill(1),
});
const scales = { observation: unit(3), reward: unit(1) };

/** A swing, a walk half of whose variance is new at every step, and noise; rewards by chance or by the swing. */
function lived(steps: number, { capacity = 4000, length = 50, isChance = true } = {}) {
  const sequences = allocateSequences(core, 3, 1, 2, capacity);
  const random = mulberry32(1);
  let walk = 0;
  for (let t = 0; t < steps; t++) {
    const swing = Math.SQRT2 * Math.cos(0.3 * t);
    walk = Math.SQRT1_2 * (walk + gaussian(random));
    const reward = isChance ? gaussian(random) : swing;
    const previous = { action: [gaussian(random)], reward, terminated: t % length === length - 1 };
    appendObservation(sequences, [swing, walk, gaussian(random)], t % length === 0 ? undefined : previous);
  }
  return sequences;
}

test("a swing is foreseen, noise is not, and a walk in part", () => {
  core.scope(() => {
    const found = allocateForecast(core, 3, 1);
    assert.ok(forecast(core, found, lived(3000), scales));
    const [swing, walk, noise, reward] = found.shares;
    // its first steps have but one observation before them
    assert.ok(swing < 0.03, `${swing}`);
    assert.ok(Math.abs(walk - 0.5) < 0.05, `${walk}`);
    assert.ok(noise > 0.97 && reward > 0.97, `${noise}, ${reward}`);
  });
});

test("a reward that follows what is seen is foreseen", () => {
  core.scope(() => {
    const found = allocateForecast(core, 3, 1);
    forecast(core, found, lived(1000, { isChance: false }), scales);
    assert.ok(found.shares[3] < 0.1, `${found.shares[3]}`);
  });
});

test("few rows tell nothing, and inputs by chance explain nothing on average", () => {
  core.scope(() => {
    const found = allocateForecast(core, 3, 1);
    found.shares.fill(7);
    assert.not.ok(forecast(core, found, lived(15), scales));
    assert.equal([...found.shares], [7, 7, 7, 7]);
    // 11 inputs, 40 rows: without the correction the share were .7
    assert.ok(forecast(core, found, lived(43), scales));
    assert.ok(found.shares[2] > 0.8, `${found.shares[2]}`);
  });
});

test("rows that were overwritten and rows that miss numbers are left out", () => {
  core.scope(() => {
    const found = allocateForecast(core, 3, 1);
    const sequences = lived(1300, { capacity: 500 });
    for (let row = 0; row < 500; row += 9) sequences.table[row * sequences.stride] = Number.NaN;
    assert.ok(forecast(core, found, sequences, scales));
    assert.ok(found.shares[0] < 0.05, `${found.shares[0]}`);
    assert.ok([...found.shares].every((share) => share >= 0 && share <= 1));
  });
});

test("what never varied is foreseen", () => {
  core.scope(() => {
    const sequences = allocateSequences(core, 1, 1, 2, 100);
    for (let t = 0; t < 60; t++)
      appendObservation(
        sequences,
        [0],
        t === 0 ? undefined : { action: [t % 2], reward: 0, terminated: false },
      );
    const found = allocateForecast(core, 1, 1);
    assert.ok(forecast(core, found, sequences, { observation: unit(1), reward: unit(1) }));
    assert.equal([...found.shares], [0, 0]);
  });
});

test.run();
