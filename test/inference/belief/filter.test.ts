import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  beliefMoments,
  createParticleFilter,
  type FilterInfo,
  type FilterInput,
  type ParticleFilter,
  resetParticleFilter,
  stepParticleFilter,
} from "../../../src/inference/belief/filter.ts";
import type { StateSpaceModel } from "../../../src/models/stateSpaceModel.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { frozen } from "../../helpers/frozen.ts";
import { sum } from "../../reference/arrays.ts";

const core = debugCore();

/** A place on a line, seen within ±½; it moves by up to ±1, and begins where it is seen, if within ±`starts`. */
function box(particles: number, starts = Infinity): StateSpaceModel {
  return {
    particles,
    stateSize: 1,
    initialise(z, logIncrements, observation, draw) {
      draw.uniform(z);
      const isNear = observation !== undefined && Math.abs(observation[0]) <= starts;
      for (let n = 0; n < particles; n++) z[n] = isNear ? observation[0] + z[n] - 0.5 : 8 * z[n] - 4;
      // log p(z) / q(z): 1/8 on the line, 1 where it is seen
      if (isNear) logIncrements.fill(Math.log(1 / 8));
      else if (observation) logIncrements.fill(-Infinity);
    },
    step(next, previous, logIncrements, { observation }, draw) {
      draw.uniform(next);
      for (let n = 0; n < particles; n++) {
        next[n] = previous[n] + 2 * next[n] - 1;
        if (observation && Math.abs(observation[0] - next[n]) > 0.5) logIncrements[n] = -Infinity;
      }
    },
  };
}

const snapshot = ({ particles, logWeights }: ParticleFilter) => [...particles, ...logWeights].join();

test("a lost belief begins anew where it is seen, says so, and goes on", () => {
  core.scope(() => {
    const filter = createParticleFilter(core, box(64), { seed: 2 });
    const infos = [0, 0.5, 40, 40.2, 40.1].map((x) => stepParticleFilter(filter, { observation: [x] }));
    assert.equal(
      infos.map(({ isLost }) => isLost),
      [false, false, true, false, false],
    );
    assert.is(Math.abs(infos[2].logEvidenceIncrement - Math.log(1 / 8)) < 1e-6, true);
    assert.is(infos[2].effectiveSampleSize, 64);
    assert.ok(Math.abs(infos[4].logEvidence - sum(infos.map((info) => info.logEvidenceIncrement))) < 1e-12);
    assert.ok(Math.abs(beliefMoments(filter).mean[0] - 40.1) < 0.5);
  });
});

test("where even the prior excludes what is seen, the belief is the prior's, and the evidence stays", () => {
  core.scope(() => {
    const filter = createParticleFilter(core, box(64, 4), { seed: 2 });
    const infos: FilterInfo[] = [0, 9, 3].map((x) => stepParticleFilter(filter, { observation: [x] }));
    assert.equal(
      infos.map(({ isLost }) => isLost),
      [false, true, false],
    );
    assert.is(infos[1].logEvidence, infos[0].logEvidence);
    assert.is(infos[1].effectiveSampleSize, 64);
    assert.ok(infos[2].effectiveSampleSize < 64);

    const first = createParticleFilter(core, box(64, 4));
    const info = stepParticleFilter(first, { observation: [9] });
    assert.equal([info.isLost, info.logEvidence, info.effectiveSampleSize], [true, 0, 64]);
  });
});

test("an observation left out, null or NaN throughout does not reach the model; one NaN in part does", () => {
  core.scope(() => {
    const seen: unknown[] = [];
    const model: StateSpaceModel = {
      ...frozen(4),
      initialise: (_, __, observation) => seen.push(observation),
      step: (_, __, ___, { observation, action }) => seen.push(observation, action),
    };
    const filter = createParticleFilter(core, model);
    stepParticleFilter(filter, { observation: null });
    for (const observation of [undefined, [Number.NaN, Number.NaN]])
      assert.is(stepParticleFilter(filter, { observation, action: [1] }).logEvidence, 0);
    stepParticleFilter(filter, { observation: [Number.NaN, 2] });
    assert.equal(seen.slice(0, 5), [undefined, undefined, [1], undefined, [1]]);
    assert.equal(seen.slice(5), [[Number.NaN, 2], undefined]);
  });
});

test("same seed, same bits; other seeds, streams and episodes differ", () => {
  core.scope(() => {
    const run = (filter: ParticleFilter) => {
      for (const x of [0, 0.5, 1, 0.2, 8]) stepParticleFilter(filter, { observation: [x] });
      return snapshot(filter);
    };
    const make = (options: object) =>
      createParticleFilter(core, box(64), { regularisation: 0.5, ...options });
    const filter = make({ seed: 7 });
    const first = run(filter);
    assert.is(run(make({ seed: 7 })), first);
    assert.is.not(run(make({ seed: 8 })), first);
    assert.is.not(run(make({ seed: 7, stream: 1 })), first);
    resetParticleFilter(filter);
    assert.equal([filter.time, filter.logEvidence], [0, 0]);
    assert.is.not(run(filter), first);
    resetParticleFilter(filter, { seed: 7 });
    assert.is(run(filter), first);
  });
});

test("no two fills of a step, and no two steps, share their numbers", () => {
  core.scope(() => {
    const drawn: number[] = [];
    const noise = core.f32(32);
    const draw: StateSpaceModel["initialise"] = (_, __, ___, { normal, uniform }) => {
      drawn.push(...normal(noise), ...normal(noise), ...uniform(noise));
    };
    const model = { ...frozen(4), initialise: draw };
    const filter = createParticleFilter(core, model);
    for (let episode = 0; episode < 3; episode++) {
      stepParticleFilter(filter);
      resetParticleFilter(filter);
    }
    assert.is(drawn.length, 288);
    assert.is(new Set(drawn).size, 288);
  });
});

test("steps reserve nothing", () => {
  core.scope(() => {
    const filter = createParticleFilter(core, box(64), { regularisation: 1 });
    const mark = core.kernels.mark();
    for (const x of [0, 0.5, 9, 9.1]) stepParticleFilter(filter, { observation: [x] });
    beliefMoments(filter);
    assert.is(core.kernels.mark(), mark);
  });
});

test("refuses a misspelt option, and takes an undefined one for left out", () => {
  core.scope(() => {
    assert.throws(
      () => createParticleFilter(core, frozen(8), { sed: 1 } as object),
      (error: Error) => `${error}` === "TypeError: options: expected known names, got sed",
    );
    const { options } = createParticleFilter(core, frozen(8), { resampleBelow: undefined } as object);
    assert.is(options.resampleBelow, 0.5);
  });
});

for (const [input, expected] of [
  [[1], "TypeError: input: expected an object of action, observation, got an array"],
  [{ observations: [1, 2] }, "TypeError: input: expected known names, got observations"],
  [{ observation: 1 }, "TypeError: observation: expected an array, got 1"],
  [{ observation: [] }, "RangeError: observation: expected [2], got 0 values"],
  [{ observation: [Number.NaN] }, "RangeError: observation: expected [2], got 1 values"],
  [{ observation: [1, "2"] }, "TypeError: observation[1]: expected a number, got 2"],
  ...[Infinity, -Infinity].map((value) => [
    { observation: [value, Number.NaN] },
    `RangeError: observation[0]: expected a finite number, or NaN for what was not seen, got ${value}`,
  ]),
] as [FilterInput, string][])
  test(`a step refuses what is no observation, and leaves the belief: ${expected}`, () => {
    core.scope(() => {
      const filter = createParticleFilter(core, { ...frozen(8), observationSize: 2 });
      stepParticleFilter(filter, { observation: [1, 2] });
      const before = snapshot(filter);
      assert.throws(
        () => stepParticleFilter(filter, input),
        (error: Error) => `${error}` === expected,
      );
      assert.equal([snapshot(filter), filter.time], [before, 1]);
    });
  });

test("of a model that does not say how much it sees only an empty observation is refused", () => {
  core.scope(() => {
    const filter = createParticleFilter(core, frozen(8));
    for (const observation of [[1], Float32Array.of(1, 2)]) stepParticleFilter(filter, { observation });
    assert.throws(
      () => stepParticleFilter(filter, { observation: [] }),
      /observation: expected \[1\], got 0/,
    );
  });
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) => error.message === expected;
  const fails = (model: object, options: object, expected: string) =>
    assert.throws(
      () => createParticleFilter(core, { ...frozen(8), ...model }, options),
      (error: Error) => error instanceof RangeError && message(expected)(error),
    );
  fails({ particles: 6 }, {}, "particles: expected a positive multiple of 4, got 6");
  fails({ stateSize: 0 }, {}, "stateSize: expected a whole number ≥ 1, got 0");
  fails({ continuousSize: 4 }, {}, "continuousSize: expected a whole number in [0, 3], got 4");
  fails({}, { seed: -1 }, "seed: expected a whole number ≥ 0, got -1");
  fails({}, { stream: 0.5 }, "stream: expected a whole number in [0, 4294967295], got 0.5");
  fails({}, { resampleBelow: 1.5 }, "resampleBelow: expected a number in [0, 1], got 1.5");
  fails({}, { regularisation: -1 }, "regularisation: expected a number in [0, 100], got -1");
  const named = "expected one of systematic, stratified, residual, multinomial, got best";
  fails({}, { resampling: "best" }, `resampling: ${named}`);
  assert.throws(
    () => beliefMoments(createParticleFilter(core, frozen(8))),
    message("beliefMoments: expected a belief, got a filter before its first step"),
  );
  for (const [wrong, expected] of [
    [Number.NaN, "logIncrements: expected finite values or −Infinity, got NaN or Infinity"],
    [Infinity, "logIncrements: expected finite values or −Infinity, got NaN or Infinity"],
    [
      -Infinity,
      "logIncrements: expected a particle of positive weight when nothing was seen, got −Infinity for every particle",
    ],
  ] as const) {
    const initialise: StateSpaceModel["initialise"] = (_, logIncrements) => logIncrements.fill(wrong);
    const filter = createParticleFilter(core, { ...frozen(8), initialise });
    assert.throws(() => stepParticleFilter(filter), message(expected));
  }
});
test.run();
