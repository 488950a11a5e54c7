import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Evidence } from "../../../src/inference/belief/belief.ts";
import {
  type FilterInfo,
  type ParticleFilter,
  particleFilter,
} from "../../../src/inference/belief/filter.ts";
import type { StateSpaceModel } from "../../../src/models/model.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { frozen } from "../../helpers/frozen.ts";
import { sum } from "../../reference/arrays.ts";

const core = debugCore();

/** A place on a line, seen within ±½; it moves by up to ±1, and begins where it is seen, if within ±`starts`. */
function box(starts = Infinity): StateSpaceModel {
  return {
    stateSize: 1,
    initialise(z, logIncrements, observation, draw) {
      draw.uniform(z);
      const isNear = observation !== undefined && Math.abs(observation[0]) <= starts;
      for (let n = 0; n < z.length; n++) z[n] = isNear ? observation[0] + z[n] - 0.5 : 8 * z[n] - 4;
      // log p(z) / q(z): 1/8 on the line, 1 where it is seen
      if (isNear) logIncrements.fill(Math.log(1 / 8));
      else if (observation) logIncrements.fill(-Infinity);
    },
    step(next, previous, logIncrements, { observation }, draw) {
      draw.uniform(next);
      for (let n = 0; n < next.length; n++) {
        next[n] = previous[n] + 2 * next[n] - 1;
        if (observation && Math.abs(observation[0] - next[n]) > 0.5) logIncrements[n] = -Infinity;
      }
    },
  };
}

const snapshot = ({ state: { particles, logWeights } }: ParticleFilter) =>
  [...particles, ...logWeights].join();

test("a lost belief begins anew where it is seen, says so, and goes on", () => {
  core.scope(() => {
    const filter = particleFilter(core, box(), { particles: 64, seed: 2 });
    const infos = [0, 0.5, 40, 40.2, 40.1].map((x) => filter.update({ observation: [x] }));
    assert.equal(
      infos.map(({ isLost }) => isLost),
      [false, false, true, false, false],
    );
    assert.ok(Math.abs(infos[2].recoveredLogEvidence - Math.log(1 / 8)) < 1e-6);
    assert.is(infos[1].recoveredLogEvidence, infos[1].logEvidence);
    assert.is(infos[2].effectiveSampleSize, 64);
    assert.equal(
      infos.slice(2).map(({ logEvidence }) => logEvidence),
      [-Infinity, -Infinity, -Infinity],
    );
    const since =
      infos[2].recoveredLogEvidence + sum(infos.slice(3).map((info) => info.logEvidenceIncrement));
    assert.ok(Math.abs(infos[4].recoveredLogEvidence - since) < 1e-12);
    assert.is(filter.state.counts.losses, 1);
    assert.ok(Math.abs(filter.moments().mean[0] - 40.1) < 0.5);
  });
});

test("where even the prior excludes what is seen, the belief is the prior's, and explains nothing", () => {
  core.scope(() => {
    const filter = particleFilter(core, box(4), { particles: 64, seed: 2 });
    const infos: FilterInfo[] = [0, 9, 3].map((x) => filter.update({ observation: [x] }));
    assert.equal(
      infos.map(({ isLost }) => isLost),
      [false, true, false],
    );
    assert.equal([infos[1].logEvidence, infos[1].recoveredLogEvidence], [-Infinity, 0]);
    assert.is(infos[1].effectiveSampleSize, 64);
    assert.ok(infos[2].effectiveSampleSize < 64);

    const first = particleFilter(core, box(4), { particles: 64 });
    const info = first.update({ observation: [9] });
    assert.equal(
      [info.isLost, info.logEvidence, info.recoveredLogEvidence, info.effectiveSampleSize],
      [true, -Infinity, 0, 64],
    );
  });
});

test("an observation left out, null or NaN throughout does not reach the model; one NaN in part does", () => {
  core.scope(() => {
    const seen: unknown[] = [];
    const model: StateSpaceModel = {
      ...frozen(),
      initialise: (_, __, observation) => seen.push(observation),
      step: (_, __, ___, { observation, action }) => seen.push(observation, action),
    };
    const filter = particleFilter(core, model, { particles: 4 });
    filter.update({ observation: null });
    for (const observation of [undefined, [Number.NaN, Number.NaN]])
      assert.is(filter.update({ observation, action: [1] }).logEvidence, 0);
    filter.update({ observation: [Number.NaN, 2] });
    assert.equal(seen.slice(0, 5), [undefined, undefined, [1], undefined, [1]]);
    assert.equal(seen.slice(5), [[Number.NaN, 2], undefined]);
  });
});

test("same seed, same bits; other seeds, streams and episodes differ", () => {
  core.scope(() => {
    const run = (filter: ParticleFilter) => {
      for (const x of [0, 0.5, 1, 0.2, 8]) filter.update({ observation: [x] });
      return snapshot(filter);
    };
    const make = (options: object) =>
      particleFilter(core, box(), { particles: 64, regularisation: 0.5, ...options });
    const filter = make({ seed: 7 });
    const first = run(filter);
    assert.is(run(make({ seed: 7 })), first);
    assert.is.not(run(make({ seed: 8 })), first);
    assert.is.not(run(make({ seed: 7, stream: 1 })), first);
    filter.reset();
    assert.equal([filter.state.counts.time, filter.state.counts.logEvidence], [0, 0]);
    assert.is.not(run(filter), first);
    filter.reset({ seed: 7 });
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
    const model = { ...frozen(), initialise: draw };
    const filter = particleFilter(core, model, { particles: 4 });
    for (let episode = 0; episode < 3; episode++) {
      filter.update();
      filter.reset();
    }
    assert.is(drawn.length, 288);
    assert.is(new Set(drawn).size, 288);
  });
});

test("steps reserve nothing", () => {
  core.scope(() => {
    const filter = particleFilter(core, box(), { particles: 64, regularisation: 1 });
    const mark = core.kernels.mark();
    for (const x of [0, 0.5, 9, 9.1]) filter.update({ observation: [x] });
    filter.moments();
    assert.is(core.kernels.mark(), mark);
  });
});

test("hands planners particles as often as they weigh, the same ones until the next update", () => {
  core.scope(() => {
    const filter = particleFilter(core, frozen(), { particles: 64, resampleBelow: 0 });
    assert.throws(
      () => filter.particles(4),
      (error: Error) =>
        error.message === "particles: expected a belief, got a filter before its first update",
    );
    filter.update();
    filter.update({ observation: [2] });
    const { weights, particles: z } = filter.state;
    const drawn = filter.particles(1024);
    assert.equal(drawn, filter.particles(1024));
    assert.equal([...new Set(Array.from(drawn.logWeights))], [0]);
    const states = Array.from(drawn.states);
    // each of 64 systematic draws 16 times over
    Array.from(weights).forEach((weight, n) => {
      const copies = states.filter((value, i) => i % 3 === 0 && value === z[n]).length / 16;
      assert.ok(Math.abs(copies - 64 * weight) <= 1 + 1e-5, `${copies} for ${64 * weight}`);
    });
    const [first] = Array.from(weights, (_, n) => n).filter((n) => z[n] === states[0]);
    assert.equal(states.slice(0, 3), [z[first], z[64 + first], z[128 + first]]);
    const before = Array.from(drawn.states).join();
    filter.update({ observation: [2] });
    assert.is.not(Array.from(filter.particles(1024).states).join(), before);
  });
});

test("of particles that count alike, those in the middles of equal shares are handed out", () => {
  core.scope(() => {
    const filter = particleFilter(core, frozen(), { particles: 64 });
    filter.update();
    const { states } = filter.particles(4);
    assert.equal(
      [0, 1, 2, 3].map((k) => states[3 * k]),
      [8, 24, 40, 56].map((n) => filter.state.particles[n]),
    );
  });
});

test("refuses a misspelt option, and takes an undefined one for left out", () => {
  core.scope(() => {
    assert.throws(
      () => particleFilter(core, frozen(), { sed: 1 } as object),
      (error: Error) => `${error}` === "TypeError: options: expected known names, got sed",
    );
    const { options } = particleFilter(core, frozen(), { resampleBelow: undefined } as object);
    assert.is(options.resampleBelow, 0.5);
  });
});

for (const [input, expected] of [
  [[1], "TypeError: evidence: expected an object of action, observation, got an array"],
  [{ observations: [1, 2] }, "TypeError: evidence: expected known names, got observations"],
  [{ observation: 1 }, "RangeError: observation: expected [2] numbers, got [1]"],
  [{ observation: {} }, "TypeError: observation: expected [2] numbers, got an object"],
  [{ observation: [] }, "RangeError: observation: expected [2] numbers, got [0]"],
  [{ observation: [Number.NaN] }, "RangeError: observation: expected [2] numbers, got [1]"],
  [{ observation: [1, "2"] }, 'TypeError: observation[1]: expected a number, got "2"'],
  ...[Infinity, -Infinity].map((value) => [
    { observation: [value, Number.NaN] },
    `ReadingError: observation[0]: expected a finite number or NaN, got ${value}`,
  ]),
] as [Evidence, string][])
  test(`a step refuses what is no observation, and leaves the belief: ${expected}`, () => {
    core.scope(() => {
      const filter = particleFilter(core, { ...frozen(), observationSize: 2 }, { particles: 8 });
      filter.update({ observation: [1, 2] });
      const before = snapshot(filter);
      assert.throws(
        () => filter.update(input),
        (error: Error) => `${error}` === expected,
      );
      assert.equal([snapshot(filter), filter.state.counts.time], [before, 1]);
    });
  });

test("of a model that does not say how much it sees only an empty observation is refused", () => {
  core.scope(() => {
    const filter = particleFilter(core, frozen(), { particles: 8 });
    for (const observation of [[1], Float32Array.of(1, 2)]) filter.update({ observation });
    assert.throws(() => filter.update({ observation: [] }), /observation: expected \[1\] numbers, got \[0\]/);
  });
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) => error.message === expected;
  const fails = (model: object, options: object, expected: string) =>
    assert.throws(
      () => particleFilter(core, { ...frozen(), ...model }, { particles: 8, ...options }),
      (error: Error) => error instanceof RangeError && message(expected)(error),
    );
  fails({}, { particles: 6 }, "particles: expected a multiple of 4 in [4, 4194304], got 6");
  fails({ stateSize: 0 }, {}, "stateSize: expected a whole number ≥ 1, got 0");
  fails({ continuousSize: 4 }, {}, "continuousSize: expected a whole number in [0, 3], got 4");
  fails({}, { seed: -1 }, "seed: expected a whole number ≥ 0, got -1");
  fails({}, { stream: 0.5 }, "stream: expected a whole number in [0, 4294967295], got 0.5");
  fails({}, { resampleBelow: 1.5 }, "resampleBelow: expected a number in [0, 1], got 1.5");
  fails({}, { regularisation: -1 }, "regularisation: expected a number in [0, 100], got -1");
  const named = 'expected one of systematic, stratified, residual, multinomial, got "best"';
  fails({}, { resampling: "best" }, `resampling: ${named}`);
  assert.throws(
    () => particleFilter(core, frozen(), { particles: 8 }).moments(),
    message("moments: expected a belief, got a filter before its first update"),
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
    const filter = particleFilter(core, { ...frozen(), initialise }, { particles: 8 });
    assert.throws(() => filter.update(), message(expected));
  }
});
test.run();
