import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Evidence } from "../../../src/inference/belief/belief.ts";
import { filterOf } from "../../../src/inference/belief/createFilter.ts";
import type { FilterOptions } from "../../../src/inference/belief/filterOptions.ts";
import { allocateTabularProposal, tabularProposal } from "../../../src/inference/belief/tabularProposal.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { type TabularModel, tabularModel } from "../../../src/models/tabular.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { average, sum } from "../../reference/arrays.ts";
import { forward } from "../../reference/filter.ts";

const core = debugCore();

/** Weather that is seen by its umbrellas: three states, two sights; state 2 is never left for state 0. */
const chain = {
  transition: [
    [0.7, 0.2, 0.1],
    [0.3, 0.5, 0.2],
    [0, 0.4, 0.6],
  ],
  observation: [
    [0.9, 0.1],
    [0.5, 0.5],
    [0.2, 0.8],
  ],
  initial: [0.5, 0.3, 0.2],
};
const markov = tabularModel({
  transition: chain.transition.map((row) => [row]),
  observation: [chain.observation],
  initial: chain.initial,
});
const sights = [0, 1, 1, null, 0, 0, 1, 1, 1, 0, null, 1];
const oracle = forward(
  chain.initial,
  sights.map((seen, t) => ({
    ...(t > 0 && { transition: chain.transition }),
    observation: chain.observation,
    seen,
  })),
);

/** Runs a filter once a seed, and hands over the probability of each state and the infos. */
function run(model: TabularModel, inputs: readonly Evidence[], options: FilterOptions, runs = 1) {
  return core.scope(() => {
    const filter = filterOf(core, model, options);
    const { state } = filter;
    return Array.from({ length: runs }, (_, seed) => {
      filter.reset({ seed });
      const infos = inputs.map((input) => filter.update(input));
      const belief = Array.from({ length: model.states }, (_, s) =>
        sum(state.weights.filter((_, n) => state.particles[n] === s)),
      );
      return { infos, belief, logEvidence: state.counts.logEvidence };
    });
  });
}

const inputs = sights.map((seen) => ({ observation: seen === null ? null : [seen] }));

for (const resampling of ["systematic", "stratified", "residual", "multinomial"] as const)
  test(`evidence of a hidden Markov model is unbiased, ${resampling}`, () => {
    const ends = run(markov, inputs, { particles: 16, resampling, resampleBelow: 0.8 }, 10_000);
    const ratios = ends.map(({ logEvidence }) => Math.exp(logEvidence - oracle.logEvidence));
    const mean = average(ratios);
    const std = Math.sqrt(average(ratios.map((ratio) => (ratio - mean) ** 2)));
    // 4 σ of the mean of the runs; σ is the runs' own
    assert.ok(Math.abs(mean - 1) < (4 * std) / 100, `${mean} ± ${std / 100}`);
    assert.ok(std < 0.6, `${std}`);
    assert.ok(ends[0].infos.some(({ hasResampled }) => hasResampled));
  });

test("probabilities and evidence are those of the forward sums", () => {
  const [{ infos, belief, logEvidence }] = run(markov, inputs, { particles: 16384 });
  // each step adds at most the error of a sample of its effective size
  const error = 4 * Math.sqrt(sum(infos.map(({ effectiveSampleSize }) => 1 / effectiveSampleSize)));
  for (const [s, p] of belief.entries())
    assert.ok(Math.abs(p - oracle.belief[s]) < error * Math.sqrt(oracle.belief[s] * (1 - oracle.belief[s])));
  assert.ok(Math.abs(logEvidence - oracle.logEvidence) < error);
  assert.ok(error < 0.15, `${error}`);
});

const still = [
  [1, 0],
  [0, 1],
];
/** A hearing that is right with the given probability. */
const hearing = (p: number) => [
  [p, 1 - p],
  [1 - p, p],
];
const heard = (...sides: number[]) => sides.map((side) => ({ action: [0], observation: [side] }));
const begin = {};

for (const [name, p, sides] of [
  ["Tiger", 0.85, [0, 0, 1, 0]],
  ["cue", 0.95, [1]],
] as const)
  test(`${name}: the belief is Bayes' rule on the sides that were drawn`, () => {
    const particles = 4096;
    const [{ belief: drawn }] = run(tiger(p), [begin], { particles });
    const [{ belief, infos }] = run(tiger(p), [begin, ...heard(...sides)], { particles, resampleBelow: 0 });
    const steps = sides.map((seen) => ({ observation: hearing(p), seen }));
    // f32: weights and their sums
    const given = forward(drawn, steps);
    assert.ok(Math.abs(belief[0] - given.belief[0]) < 2e-6);
    assert.ok(Math.abs(infos[infos.length - 1].logEvidence - given.logEvidence) < 2e-6 * sides.length);
    // N draws of a fair coin: 4 · ½ / √N, which Bayes' rule does not enlarge where the belief ends surer than it began
    const exact = forward([0.5, 0.5], steps);
    assert.ok(Math.abs(belief[0] - exact.belief[0]) < 2 / Math.sqrt(particles));
    assert.ok(Math.abs(exact.belief[sides[0]] - [0, 0.95, 0, 0, 0.9697986577181208][sides.length]) < 1e-12);
  });

test("Tiger: an opened door makes both sides alike again", () => {
  const particles = 16384;
  const [{ belief }] = run(tiger(0.85), [begin, ...heard(0, 0), { action: [1], observation: [1] }], {
    particles,
  });
  assert.ok(Math.abs(belief[0] - 0.5) < 2 / Math.sqrt(particles / 2));
});

test("an impossible observation is a lost belief", () => {
  const certain = tabularModel({
    transition: still.map((row) => [row]),
    observation: [still],
    initial: [1, 0],
  });
  const [{ infos, belief }] = run(certain, [{ observation: [0] }, { observation: [1] }], { particles: 4 });
  assert.equal(
    infos.map(({ isLost }) => isLost),
    [false, true],
  );
  assert.equal(belief, [1, 0]);
});

test("never draws a state of probability 0, not even with the outermost uniforms", () => {
  core.scope(() => {
    const rows = [
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ];
    const model = tabularModel({
      ...markov.tables,
      transition: rows.map((row) => [row]),
      initial: [0, 1, 0],
    });
    const proposal = tabularProposal(core, model, allocateTabularProposal(core, { particles: 4 }));
    const draw = { normal: (out: Float32Array) => out, uniform: (out: Float32Array) => out };
    for (const u of [0, 1 - 2 ** -24]) {
      draw.uniform = (out) => out.fill(u);
      const [z, next] = [core.f32(4), core.f32(4)];
      proposal.initialise(z, core.f32(4), undefined, draw);
      assert.equal([...z], [1, 1, 1, 1]);
      z.set([0, 1, 2, 0]);
      proposal.step(next, z, core.f32(4), { action: undefined, observation: undefined }, draw);
      assert.equal([...next], [1, 2, 0, 1]);
    }
  });
});

for (const [input, expected] of [
  [{ observation: [0] }, "action: expected [index], got 0 values"],
  [{ action: 3 }, "action: expected a whole number in [0, 2], got 3"],
  [{ action: [0], observation: [0.5] }, "observation: expected a whole number in [0, 1], got 0.5"],
  [{ action: 0, observation: 2 }, "observation: expected a whole number in [0, 1], got 2"],
] as [Evidence, string][])
  test(`refuses ${JSON.stringify(input)}: ${expected}`, () => {
    assert.throws(
      () => run(tiger(), [begin, input], { particles: 4 }),
      (error: Error) => error instanceof RangeError && error.message === expected,
    );
  });

test("takes an index as a number or as a row of one", () => {
  const [rows, numbers] = [
    [{ observation: [1] }, { action: [0], observation: [1] }],
    [{ observation: 1 }, { action: 0, observation: 1 }],
  ].map((inputs) => run(tiger(), inputs, { particles: 64 }));
  assert.equal(rows, numbers);
});

test("refuses to filter from no initial probabilities", () => {
  const { initial: _, ...tables } = markov.tables;
  assert.throws(
    () => filterOf(core, tabularModel(tables)),
    (error: Error) => error.message === "initial: expected probabilities to filter from, got none",
  );
});

test.run();
