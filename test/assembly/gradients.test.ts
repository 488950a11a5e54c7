/**
 * Each f32 gradient beside its f64 formula, and the formula beside differences of the loss. Errors are relative to the
 * gradient's largest entry, max |actual − expected| / max |expected|: what cancels in one entry is lost in the others too.
 * (`latent/gradient.test.ts` has the chunk bound's, `mlp.test.ts` the network's.)
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { categoricalHeadGradient, endingHeadGradient, gaussianHeadGradient } from "../../src/core/heads.ts";
import { huberGradient } from "../../src/core/huber.ts";
import { pad4, TILE } from "../../src/core/tiles.ts";
import { debugCore } from "../helpers/debugCore.ts";
import {
  extrapolatedDifference,
  fromTiles,
  type Random,
  type Rows,
  randomRows,
  relativeError,
  sum,
  toTiles,
} from "../reference/arrays.ts";
import * as density from "../reference/density.ts";
import { mulberry32 } from "../reference/kernels.ts";
import { huber, huberSlope } from "../reference/nn.ts";

const core = debugCore();

/** What a formula may be off its loss's differences, and a kernel off the formula. */
const [ANALYTIC, KERNEL] = [1e-9, 1e-6];
const TILES = 3;
const N = TILES * TILE;

/** One head's gradients of N particles. */
interface Problem {
  readonly heads: Rows;
  /** One particle's loss as a function of its head, and its derivative. */
  readonly loss: (head: number[], n: number) => number;
  readonly gradient: (head: number[], n: number) => number[];
  /** The kernel's gradient of the mean loss, [N] rows. */
  readonly kernel: () => Rows;
}

const floats = (rows: Rows, height?: number) => core.f32(toTiles(rows, height));

/** By weight s = exp(½ log s²), a constant: of the head itself. */
function gaussian(random: Random, width: number): Problem {
  const rows = pad4(2 * width);
  const heads = randomRows(random, N, 2 * width, -2, 2);
  const targets = randomRows(random, N, width);
  const weights = heads.map((head) =>
    targets[0].map((_, d) => Math.exp(0.5 * density.logVariance(head[width + d]))),
  );
  return {
    heads,
    loss: (head, n) => density.gaussianHeadLoss(head, targets[n], weights[n]),
    gradient: (head, n) => density.gaussianHeadGradient(head, targets[n], weights[n]),
    kernel() {
      const dHead = core.f32(TILES * rows * TILE);
      const ended = core.f32(TILES * pad4(1) * TILE);
      gaussianHeadGradient(core, dHead, floats(heads, rows), floats(targets), ended, { width, rows });
      return fromTiles(dHead, N, 2 * width, rows);
    },
  };
}

/** Errors of the reward on both sides of the bend at ±1, none within the differences' step of it. */
function ending(random: Random): Problem {
  const heads = randomRows(random, N, 2, -4, 4);
  const ended = heads.map(() => [random() < 0.5 ? 1 : 0]);
  const rewards = heads.map(([, v], n) => [
    Math.fround(v - (n % 2 === 0 ? 1.5 : 0.9) * (2 * random() - 1) - 0.02),
  ]);
  return {
    heads,
    loss: (head, n) => density.endingLoss(head, ended[n][0], rewards[n][0]),
    gradient: (head, n) => density.endingGradient(head, ended[n][0], rewards[n][0]),
    kernel() {
      const dHead = core.f32(TILES * 4 * TILE);
      endingHeadGradient(core, dHead, floats(heads, 4), floats(ended), floats(rewards), {
        offset: 0,
        row: 0,
        rows: 4,
      });
      return fromTiles(dHead, N, 2, 4);
    },
  };
}

function categorical(random: Random, groups: number, bins: number): Problem {
  const width = groups * bins;
  const heads = randomRows(random, N, width, -5, 5);
  const parts = (values: readonly number[]) =>
    Array.from({ length: groups }, (_, g) => values.slice(g * bins, (g + 1) * bins));
  const labels = randomRows(random, N, width, 0, 1).map((row) =>
    parts(row).flatMap((part) => part.map((t) => Math.fround(t / sum(part)))),
  );
  const both = (head: number[], n: number) =>
    parts(head).map((logits, g) => [logits, parts(labels[n])[g]] as const);
  return {
    heads,
    loss: (head, n) => sum(both(head, n).map(([logits, t]) => density.crossEntropy(logits, t))),
    gradient: (head, n) => both(head, n).flatMap(([logits, t]) => density.crossEntropyGradient(logits, t)),
    kernel() {
      const dHead = core.f32(TILES * pad4(width) * TILE);
      categoricalHeadGradient(
        core,
        dHead,
        floats(heads),
        floats(labels),
        new Array<number>(groups).fill(bins),
      );
      return fromTiles(dHead, N, width);
    },
  };
}

function value(random: Random, delta: number): Problem {
  const heads = randomRows(random, N, 1, -2, 2);
  const targets = randomRows(random, N, 1, -2, 2);
  return {
    heads,
    loss: ([v], n) => huber(v - targets[n][0], delta),
    gradient: ([v], n) => [huberSlope(v - targets[n][0], delta)],
    kernel() {
      const dV = core.f32(TILES * pad4(1) * TILE);
      huberGradient(core, dV, floats(heads), floats(targets), delta);
      return fromTiles(dV, N, 1);
    },
  };
}

const problems: Readonly<Record<string, (random: Random) => Problem>> = {
  "the Gaussian head, 1 wide": (random) => gaussian(random, 1),
  "the Gaussian head, 5 wide": (random) => gaussian(random, 5),
  "the head of endings": ending,
  "the categorical head of 1 × 2": (random) => categorical(random, 1, 2),
  "the categorical head of 3 × 21": (random) => categorical(random, 3, 21),
  "the Huber loss, δ = 0.5": (random) => value(random, 0.5),
  "the Huber loss, δ = 10": (random) => value(random, 10),
};

for (const [name, create] of Object.entries(problems)) {
  test(`the formula is the loss's difference to ${ANALYTIC}: ${name}`, () => {
    const { heads, loss, gradient } = create(mulberry32(5));
    const expected = heads.map((head, n) => extrapolatedDifference((moved) => loss(moved, n), head));
    const error = relativeError(heads.flatMap(gradient), expected.flat());
    assert.ok(error <= ANALYTIC, `${error}`);
  });

  test(`the kernel is the formula to ${KERNEL}: ${name}`, () =>
    core.scope(() => {
      for (const seed of [5, 6, 7]) {
        const { heads, gradient, kernel } = create(mulberry32(seed));
        const expected = heads.flatMap((head, n) => gradient(head, n).map((slope) => slope / N));
        const error = relativeError(kernel().flat(), expected);
        assert.ok(error <= KERNEL, `${error}`);
      }
    }));
}

test.run();
