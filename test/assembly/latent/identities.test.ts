/** What must hold of the chunk bound whatever the networks. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { setChunk, setLatentModel } from "../../../src/core/latent.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  type Built,
  buildChunks,
  fillEvidence,
  pass,
  randomChunks,
  randomWorld,
  type Shape,
  type World,
} from "../../helpers/latent.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { relativeError, sum } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();
const weights = { marginalWeight: 0.5, overshootWeight: 1 };

/** Everything that a pass hands on. */
function resultOf({
  learner: {
    work: { pass },
    descents,
  },
}: Built) {
  const gradients = Object.values(descents).map(({ zeros: { gradient } }) => [...gradient]);
  return { terms: [...pass.terms], residuals: [...pass.residuals], gradients };
}

/** The world with its experience changed. */
const withSteps = (
  world: World,
  change: (step: World["chunks"][0][0], t: number) => World["chunks"][0][0],
): World => ({
  ...world,
  chunks: world.chunks.map((steps) => steps.map(change)),
});

for (const [name, shape] of Object.entries(shapes)) {
  const world = randomWorld(shape);

  test(`what lies beyond a chunk's end has no influence: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world);
      pass(core, built, weights);
      const before = resultOf(built);
      const others = randomChunks(mulberry32(77), shape);
      const length = (lane: number) => shape.lengths[lane] ?? 0;
      fillEvidence(
        built.learner.work.evidence,
        others.map((steps, lane) => [
          ...world.chunks[lane].slice(0, length(lane)),
          ...steps.slice(length(lane)),
        ]),
      );
      pass(core, built, weights);
      assert.equal(resultOf(built), before);
    });
  });

  test(`what nothing was seen of has no likelihood and no divergence, and moves no network: ${name}`, () => {
    core.scope(() => {
      const unseen = withSteps(world, (step) => ({
        ...step,
        seen: step.seen.map(() => 0),
        observation: step.observation.map(() => 0),
        outcomeSeen: 0,
      }));
      const built = buildChunks(core, unseen);
      pass(core, built, weights);
      const [likelihood, ratio, consistency, foreseen, error] = built.learner.work.pass.terms;
      assert.equal([likelihood, ratio, Math.abs(consistency), foreseen, error], [0, 0, 0, 0, 0]);
      for (const {
        zeros: { gradient },
      } of Object.values(built.learner.descents))
        assert.ok(gradient.every((value) => value === 0));
    });
  });

  test(`one step that was not seen has no likelihood, and contrasts with nothing: ${name}`, () => {
    core.scope(() => {
      const t = Math.floor(shape.steps / 2);
      const masked = withSteps(world, (step, i) =>
        i === t ? { ...step, seen: step.seen.map(() => 0), outcomeSeen: 0 } : step,
      );
      const built = buildChunks(core, masked, { overshoot: 0 });
      pass(core, built, { ...weights, marginalWeight: 1 });
      const { logLikelihoods, coefficients, ratios } = built.learner.work.pass;
      const count = sum(Object.values(shape.lengths));
      for (const [lane, length] of Object.entries(shape.lengths)) {
        if (length <= t) continue;
        const place = t * TILE + Number(lane);
        assert.is(logLikelihoods[place], 0);
        assert.is(ratios[place], 0);
        // every draw explains nothing equally well: ∂L/∂ℓ_0 = 1 − 1/(K + 1)
        const expected = (1 - 1 / (shape.contrasts + 1)) / count;
        assert.ok(Math.abs(coefficients[place] - expected) < 1e-6);
      }
    });
  });

  test(`the contrastive ratio is at most log (K + 1) at every step: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world, { overshoot: 0 });
      pass(core, built, { marginalWeight: 1, overshootWeight: 1 });
      const ratios = ratiosOf(built, shape);
      assert.ok(ratios.every((ratio) => ratio <= Math.log(shape.contrasts + 1) + 1e-6));
      const mean = sum(ratios) / ratios.length;
      assert.ok(Math.abs(built.learner.work.pass.terms[1] - mean) < 1e-5);
    });
  });

  test(`copies of one member are one member: ${name}`, () => {
    const alone = { ...world, model: { ...world.model, transitions: world.model.transitions.slice(0, 1) } };
    const copies = {
      ...alone,
      model: { ...alone.model, transitions: new Array(3).fill(alone.model.transitions[0]) },
    };
    const [one, three] = [alone, copies].map((world) =>
      core.scope(() => {
        const E = world.model.transitions.length;
        const built = buildChunks(core, { ...world, shape: { ...shape, E } });
        pass(core, built, weights);
        return resultOf(built);
      }),
    );
    const [transition, ...rest] = one.gradients;
    const sums = transition.map((_, i) =>
      sum([0, 1, 2].map((e) => three.gradients[0][e * transition.length + i])),
    );
    // a third is no f32: the mean of three equal means is rounded, and 1/σ² makes that 1e-5 of the divergence's slope
    assert.ok(relativeError(three.terms, one.terms) < 1e-6);
    assert.ok(relativeError(sums, transition) < 1e-5);
    assert.ok(relativeError(three.gradients.slice(1).flat(), rest.flat()) < 1e-5);
  });
}

test("members that overshoot in turn do on average what all do at once", () => {
  const shape = shapes["Gaussian, three members, eight latents, endings"];
  core.scope(() => {
    const built = buildChunks(core, randomWorld(shape));
    const { record } = built.learner;
    pass(core, built, weights);
    const all = resultOf(built);
    const each = [0, 1, 2].map((overshootMember) => {
      setChunk(core, record, { overshootMember, overshootMembers: 1 });
      pass(core, built, weights);
      return resultOf(built);
    });
    const meanOf = (values: readonly (readonly number[])[]) =>
      values[0].map((_, i) => sum(values.map((own) => own[i])) / values.length);
    assert.ok(relativeError(meanOf(each.map(({ terms }) => terms)), all.terms) < 1e-5);
    all.gradients.forEach((gradient, network) => {
      const mean = meanOf(each.map(({ gradients }) => gradients[network]));
      assert.ok(relativeError(mean, gradient) < 1e-4, `${network}`);
    });
    // the last member's errors of one step
    assert.equal(each[2].residuals, all.residuals);
    assert.not.equal(each[1].residuals, all.residuals);
  });
});

test("a learner that has been used gives the bits of a new one", () => {
  for (const shape of Object.values(shapes).filter(({ hasEndings }) => hasEndings)) {
    const world = randomWorld(shape);
    const endless = { ...world, model: { ...world.model, hasEndings: false } };
    const [used, fresh] = [world, endless].map((first) =>
      core.scope(() => {
        const built = buildChunks(core, first);
        pass(core, built, { marginalWeight: 0.25, overshootWeight: 3 });
        setLatentModel(core, built.built.record, { hasEndings: 0 });
        pass(core, built, weights);
        return resultOf(built);
      }),
    );
    assert.equal(used, fresh);
  }
});

/** ℓ_0 − log p̂ of every step of every chunk, from what the marginal of λ = 1 leaves: w_k, which sum to one. */
function ratiosOf(
  {
    learner: {
      work: { pass },
    },
  }: Built,
  { lengths, steps, contrasts: K }: Shape,
): number[] {
  const count = sum(Object.values(lengths));
  return Object.entries(lengths).flatMap(([lane, length]) =>
    Array.from({ length }, (_, t) => {
      const place = t * TILE + Number(lane);
      const first = 1 - count * pass.coefficients[place];
      const others = Array.from(
        { length: K },
        (_, k) => -count * pass.coefficients[(k + 1) * steps * TILE + place],
      );
      assert.ok(others.every((w) => w >= 0));
      assert.ok(Math.abs(first + sum(others) - 1) < 1e-5);
      assert.ok(Math.abs(first - Math.exp(pass.ratios[place]) / (K + 1)) < 1e-5);
      return Math.log((K + 1) * (1 - sum(others)));
    }),
  );
}

test("an observation that tells its latent from all others reaches log (K + 1), and no more", () => {
  const world = randomWorld(shapes["Gaussian, one member"]);
  const { model, shape } = world;
  const sharp = { ...world, model: { ...model, observationStd: model.observationStd.map(() => 1e-4) } };
  const seen = withSteps(sharp, (step) => ({ ...step, seen: step.seen.map(() => 1) }));
  core.scope(() => {
    const built = buildChunks(core, seen);
    pass(core, built, weights);
    const { terms } = built.learner.work.pass;
    assert.ok([...terms].every(Number.isFinite));
    assert.ok(terms[1] <= Math.log(shape.contrasts + 1));
  });
});

test("reward errors beyond the clip pull no harder, and count in full", () => {
  const shape: Shape = { ...shapes["Gaussian, two members, a single step"], hidden: [], hasEndings: true };
  const world = randomWorld({ ...shape, lengths: { 0: 1, 7: 1, 12: 1, 31: 1 } });
  const zero = { ...world.model.outcome, layers: [{ weight: zeros(3, 5), bias: [0, 0, 0] }] };
  // errors −3 and ¼ of rewards, 2 and −⅛ of the rewards of endings; the standard deviation is ½
  const [rewards, endings] = [
    { 0: 3, 7: -0.25 },
    { 12: -2, 31: 0.125 },
  ] as Record<number, number>[];
  const chunks = world.chunks.map((steps, lane) =>
    steps.map((step) => ({
      ...step,
      seen: step.seen.map(() => 0),
      outcomeSeen: 1,
      ended: lane in endings ? 1 : 0,
      reward: rewards[lane] ?? 9,
      endingReward: endings[lane] ?? 9,
    })),
  );
  core.scope(() => {
    const model = { ...world.model, outcome: zero, endingOffset: 0 };
    const built = buildChunks(core, { ...world, model, chunks }, { overshoot: 0, rewardClip: 0.5 });
    pass(core, built, { marginalWeight: 0, overshootWeight: 1 });
    const { outcome } = built.learner.descents;
    // 4 chunks: ¼ Σ clip(error) / σ²; of the logit ¼ Σ (½ − [ended]) = 0
    const bias = [...outcome.zeros.gradient.slice(-4)];
    assert.equal(bias, [-0.5 + 0.25, 0, 0.5 - 0.125, 0]);
    const squares = (9 + 0.0625 + 4 + 0.015625) / 4;
    const expected = -2 * squares - Math.log(0.5) - 0.5 * Math.log(2 * Math.PI) - Math.log(2);
    assert.ok(Math.abs(built.learner.work.pass.terms[0] - expected) < 2e-6);
    assert.is(built.learner.work.pass.terms[4], (9 + 0.0625) / 2);
  });
});

const zeros = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

test.run();
