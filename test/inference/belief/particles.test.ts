import { test } from "uvu";
import * as assert from "uvu/assert";
import { particleFilter } from "../../../src/inference/belief/filter.ts";
import type { StateSpaceModel } from "../../../src/models/model.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { frozen } from "../../helpers/frozen.ts";
import { average, sum } from "../../reference/arrays.ts";

const core = debugCore();

test("weights, moments and infos are those of the increments", () => {
  core.scope(() => {
    const N = 64;
    const filter = particleFilter(core, frozen(), { particles: N, resampleBelow: 0 });
    filter.update();
    const infos = [0.5, -1.5, 2].map((x) => filter.update({ observation: [x] }));
    const z = Array.from(filter.state.particles);
    const raw = z.slice(0, N).map((p) => Math.exp(p));
    const [before, ratio] = [0.5, -1].map((x) => average(z.slice(0, N).map((p) => Math.exp(x * p))));
    // f32 log-weights of up to 5, and their exponentials: some 2⁻²⁴ · 5
    const close = (actual: number, expected: number) =>
      assert.ok(
        Math.abs(actual - expected) < 2e-6 * Math.max(1, Math.abs(expected)),
        `${actual} ${expected}`,
      );
    close(infos[0].logEvidenceIncrement, Math.log(before));
    close(infos[1].logEvidenceIncrement, Math.log(ratio / before));
    close(infos[2].logEvidence, Math.log(average(raw)));
    close(infos[2].effectiveSampleSize / N, sum(raw) ** 2 / sum(raw.map((w) => w * w)) / N);
    const { mean, std } = filter.moments();
    for (let d = 0; d < 3; d++) {
      const row = z.slice(d * N, (d + 1) * N);
      const m = sum(row.map((value, n) => raw[n] * value)) / sum(raw);
      close(mean[d], m);
      close(std[d], Math.sqrt(sum(row.map((value, n) => raw[n] * (value - m) ** 2)) / sum(raw)));
    }
  });
});

test("long sequences keep their log-weights small, and their evidence exact", () => {
  core.scope(() => {
    const N = 8;
    const model: StateSpaceModel = {
      ...frozen(),
      initialise: (_, logIncrements) => logIncrements.fill(-Infinity, 0, 1),
      step: (_, __, logIncrements) => logIncrements.fill(-1234.5678),
    };
    const filter = particleFilter(core, model, { particles: N, resampleBelow: 0 });
    for (let t = 0; t <= 1000; t++) filter.update();
    const expected = Math.log(7 / 8) + 1000 * Math.fround(-1234.5678);
    // f64, but for log-weights that the second step rounds to the grid of 1234, and no step after it
    assert.ok(
      Math.abs(filter.state.counts.logEvidence - expected) < 2 ** -14,
      `${filter.state.counts.logEvidence - expected}`,
    );
    assert.ok(Math.abs(filter.state.logWeights[1]) < 1300);
  });
});

for (const resampling of ["systematic", "stratified", "residual", "multinomial"] as const)
  test(`resampling leaves the belief's mean, ${resampling}`, () => {
    core.scope(() => {
      const runs = 2000;
      const filter = particleFilter(core, frozen(), { particles: 32, resampling, resampleBelow: 1 });
      const shifts = Array.from({ length: runs }, (_, seed) => {
        filter.reset({ seed });
        filter.update();
        filter.update({ observation: [1] });
        const before = [...filter.moments().mean];
        assert.is(filter.update().hasResampled, true);
        return filter.moments().mean.map((value, d) => value - before[d]);
      });
      for (let d = 0; d < 3; d++) {
        const shift = shifts.map((run) => run[d]);
        // 4 σ of the mean of the runs; σ is the runs' own
        const error = (4 * Math.sqrt(average(shift.map((value) => value * value)))) / Math.sqrt(runs);
        assert.ok(Math.abs(average(shift)) < error, `${average(shift)} ± ${error / 4}`);
        assert.ok(error > 0);
      }
    });
  });

test("resamples when the effective sample size falls below its share, and not before", () => {
  core.scope(() => {
    const filter = particleFilter(core, frozen(), { particles: 64, resampleBelow: 0.5 });
    filter.update();
    let previous = 64;
    for (const x of [0.3, 0.3, 0.6, 0.6, 0.1, 0.9]) {
      const info = filter.update({ observation: [x] });
      assert.is(info.hasResampled, previous < 32);
      previous = info.effectiveSampleSize;
    }
    assert.ok(previous < 64);
  });
});

/** The particles after a resampling, of equal seeds; `before`: their moments before it, when there is no jitter. */
function jittered(N: number, regularisation: number) {
  return core.scope(() => {
    const filter = particleFilter(core, frozen(), {
      particles: N,
      seed: 5,
      resampleBelow: 1,
      regularisation,
    });
    filter.update();
    filter.update({ observation: [0.7] });
    const { mean, std } = regularisation > 0 ? { mean: [], std: [] } : filter.moments();
    const before = { mean: [...mean], std: [...std] };
    filter.update();
    return { before, particles: [...filter.state.particles] };
  });
}

test("regularisation adds independent normals of deviation scale · h · std to the continuous rows", () => {
  const N = 4096;
  const D = 2;
  const h = (4 / (D + 2)) ** (1 / (D + 4)) * N ** (-1 / (D + 4));
  const scale = 1.5 / h;
  const { before, particles: plain } = jittered(N, 0);
  const { particles } = jittered(N, scale);
  const moved = particles.map((value, i) => value - plain[i]);
  const [first, second] = [0, 1].map((d) =>
    moved.slice(d * N, (d + 1) * N).map((value) => value / (scale * h * before.std[d])),
  );
  // N independent normals: 4 σ of their mean, of their variance (2), of a product (1)
  for (const noise of [first, second]) {
    assert.ok(Math.abs(average(noise)) < 4 / Math.sqrt(N));
    assert.ok(Math.abs(average(noise.map((e) => e * e)) - 1) < 4 * Math.sqrt(2 / N));
  }
  assert.ok(Math.abs(average(first.map((e, n) => e * second[n]))) < 4 / Math.sqrt(N));
  assert.ok(moved.slice(2 * N).every((value) => value === 0));
});

test("regularisation leaves the mean, and the variances grow by 1 + (scale · h)²", () => {
  const N = 16384;
  const h = N ** (-1 / 6);
  const { before } = jittered(N, 0);
  const { particles } = jittered(N, 1 / h);
  for (const d of [0, 1]) {
    const row = particles.slice(d * N, (d + 1) * N);
    const mean = average(row);
    const variance = average(row.map((value) => (value - mean) ** 2));
    const grown = 2 * before.std[d] ** 2;
    // N equal weights: 4 σ of a mean, and of a variance
    assert.ok(Math.abs(mean - before.mean[d]) < 4 * Math.sqrt(grown / N));
    assert.ok(Math.abs(variance - grown) < 4 * grown * Math.sqrt(2 / N));
  }
});
test.run();
