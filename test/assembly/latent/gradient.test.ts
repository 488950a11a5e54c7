/**
 * The chunk bound's gradient against central differences of the f64 twin, for every parameter of the four networks.
 * It is linear in λ and in the overshoot's weight, so that one set of differences, term by term, serves all weights.
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { chunkBound } from "../../../src/core/latent.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  type Built,
  buildChunks,
  chunksOf,
  NARROW,
  networksOf,
  noiseOf,
  pass,
  randomWorld,
  type Shape,
  type World,
} from "../../helpers/latent.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { type Rows, sum } from "../../reference/arrays.ts";
import { chunkSteps, foresight } from "../../reference/latent.ts";
import { packNetwork, unpackNetwork, widthsOf } from "../../reference/nn.ts";

const core = debugCore();

/** Step of the central differences: an error of 1e-10 of the curvature, and 1e-16 / 1e-5 of the value. */
const H = 1e-5;

/** The bound's terms: log-likelihood, log p̂, divergence, foresight; means over the steps. */
type Terms = readonly number[];

/** A weight or a bias, and its place among the kernels' gradients. */
interface Tensor {
  readonly name: string;
  readonly rows: Rows;
  readonly actual: Rows;
}

function termsOf({ model, shape }: World, chunks: ReturnType<typeof chunksWithNoise>): Terms {
  const { overshoot: longest, overshootFrom: from, overshootStarts: starts } = shape;
  const each = chunks.map(({ steps, noise }) => {
    const terms = chunkSteps(model, steps, noise);
    const latents = terms.map(({ z }) => z);
    return [
      sum(terms.map(({ logLikelihood }) => logLikelihood)),
      sum(terms.map(({ logMarginal }) => logMarginal)),
      sum(terms.map(({ divergence }) => divergence)),
      foresight(model, steps, latents, { longest, from, starts }),
    ];
  });
  const count = sum(chunks.map(({ steps }) => steps.length));
  return [0, 1, 2, 3].map((i) => sum(each.map((terms) => terms[i])) / count);
}

const chunksWithNoise = (world: World, built: Built) =>
  chunksOf(world).map(([lane, steps]) => ({ steps, noise: noiseOf(built, lane, world.shape) }));

/** ∂terms/∂rows[o][k], by central differences in place. */
function differences(rows: Rows, terms: () => Terms): Terms[][] {
  return rows.map((row) =>
    row.map((value, k) => {
      row[k] = value + H;
      const above = terms();
      row[k] = value - H;
      const below = terms();
      row[k] = value;
      return above.map((term, i) => (term - below[i]) / (2 * H));
    }),
  );
}

/** Every weight and bias with the kernels' gradient of −L. */
function tensorsOf({ model }: World, { learner: { descents } }: Built): Tensor[] {
  const size = descents.transition.zeros.gradient.length / model.transitions.length;
  const gradients = [
    ...model.transitions.map((_, e) => descents.transition.zeros.gradient.slice(e * size, (e + 1) * size)),
    descents.recognition.zeros.gradient.slice(),
    descents.observation.zeros.gradient.slice(),
    descents.outcome.zeros.gradient.slice(),
  ];
  return networksOf(model).flatMap(([name, network], n) => {
    const layers = unpackNetwork(gradients[n], widthsOf(network));
    // what pads the outputs has no gradient
    assert.equal(packNetwork(layers), [...gradients[n]]);
    return network.layers.flatMap(({ weight, bias }, l) => [
      { name: `${name}, weight ${l}`, rows: weight, actual: layers[l].weight },
      { name: `${name}, bias ${l}`, rows: [bias], actual: [layers[l].bias] },
    ]);
  });
}

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

/** Weights that let each term lead once: λ and the overshoot's. */
const weights = [
  { marginalWeight: 0, overshootWeight: 1 },
  { marginalWeight: 0.5, overshootWeight: 1 },
  { marginalWeight: 64, overshootWeight: 0 },
  { marginalWeight: 0, overshootWeight: 64 },
];

/**
 * Of the largest entry of the largest term: f32 rounds a sum of size |z| by 6e-8 |z|. The divergence's slope
 * (m_q − m_e) / σ² is a difference of .02 between means of size 1, and loses 3e-6 of itself, of which the sum over lanes
 * keeps three times as much where their slopes cancel; all else is better. As
 * 1/σ² grows, that loss grows with the slope, and the other terms drown: σ is .04 here, and .0003 in the last test.
 */
const TOLERANCE = 1e-5;
/** Where a term leads, it makes up at least this share of every tensor's largest entry: 500 times the tolerance. */
const SHARE = 5e-3;

type Weights = (typeof weights)[number];
const factorsOf = ({ marginalWeight, overshootWeight }: Weights) => [-1, marginalWeight, 1, -overshootWeight];

/** Whether a tensor's gradient has a part of the term. */
function isReached(name: string, term: number, { steps, overshootFrom }: Shape): boolean {
  if (name.startsWith("transition") && steps === 1) return false;
  if (term === 2) return name.startsWith("transition") || name.startsWith("recognition");
  return term < 3 || overshootFrom + 1 < steps;
}

/** The largest share that the term has in the tensor's gradient, over the weights. */
function shareOf(term: number, derivatives: readonly Terms[]): number {
  const sizes = [0, 1, 2, 3].map((t) => largest(derivatives.map((terms) => terms[t])));
  const shares = weights.map((choice) => {
    const parts = factorsOf(choice).map((factor, t) => Math.abs(factor) * sizes[t]);
    return parts[term] / Math.max(...parts);
  });
  return Math.max(...shares);
}

/** Fails where the kernels' gradient is not the sum of the terms'. */
function compare(tensors: readonly Tensor[], derivatives: readonly Terms[][], choice: Weights): void {
  tensors.forEach(({ name, actual }, i) => {
    const parts = derivatives[i].map((terms) => terms.map((term, t) => term * factorsOf(choice)[t]));
    const error = largest(actual.flat().map((value, n) => value - sum(parts[n])));
    assert.ok(error <= TOLERANCE * largest(parts.flat()), `${name}: ${error} of ${largest(parts.flat())}`);
  });
}

for (const [name, shape] of Object.entries(shapes)) {
  const world = randomWorld(shape);

  test(`the gradient is the twin's central difference: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world);
      pass(core, built, weights[0]);
      const chunks = chunksWithNoise(world, built);
      const tensors = tensorsOf(world, built);
      const derivatives = tensors.map(({ rows }) => differences(rows, () => termsOf(world, chunks)).flat());
      tensors.forEach(({ name }, i) => {
        for (const term of [0, 1, 2, 3])
          if (isReached(name, term, shape))
            assert.ok(shareOf(term, derivatives[i]) > SHARE, `term ${term} in ${name}`);
          else
            assert.ok(
              derivatives[i].every((terms) => terms[term] === 0),
              `term ${term} in ${name}`,
            );
      });
      for (const choice of weights) {
        pass(core, built, choice);
        compare(tensorsOf(world, built), derivatives, choice);
      }
    });
  });

  test(`gradients are accumulated into, and the same bits every time: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world);
      const { descents, record } = built.learner;
      pass(core, built, weights[1]);
      const once = Object.values(descents).map(({ zeros: { gradient } }) => [...gradient]);
      pass(core, built, weights[1]);
      assert.equal(
        Object.values(descents).map(({ zeros: { gradient } }) => [...gradient]),
        once,
      );
      chunkBound(core, record);
      Object.values(descents).forEach(({ zeros: { gradient } }, i) => {
        const error = largest([...gradient].map((value, n) => value - 2 * once[i][n]));
        assert.ok(error <= 1e-6 * largest(once[i]));
      });
    });
  });
}

for (const name of ["Gaussian, one member", "categorical, three members, no hidden layer"])
  test(`the gradient keeps its digits at the narrowest latents: ${name}`, () => {
    core.scope(() => {
      const world = randomWorld(shapes[name], NARROW);
      const built = buildChunks(core, world);
      pass(core, built, weights[1]);
      const chunks = chunksWithNoise(world, built);
      const tensors = tensorsOf(world, built);
      const derivatives = tensors.map(({ rows }) => differences(rows, () => termsOf(world, chunks)).flat());
      compare(tensors, derivatives, weights[1]);
    });
  });

test.run();
