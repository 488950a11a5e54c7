/** The suite's work in plain TypeScript, over numbers drawn alike: each function makes one piece of work for a case's sizes. */

import { REFERENCE } from "../src/bench/case.ts";
import type { FunctionName } from "../src/bench/cases/elementwise.ts";
import type { Weighing } from "../src/bench/cases/particles.ts";
import type { PlanSizes } from "../src/bench/cases/planner.ts";
import type { Kind } from "../src/bench/cases/random.ts";
import { headSize } from "../src/models/generativeModel.ts";
import { worldOf } from "../test/helpers/plan.ts";
import { mulberry32 } from "../test/reference/kernels.ts";
import { randomNetwork } from "../test/reference/nn.ts";
import { product } from "./baseline/dense.ts";
import * as density from "./baseline/gaussian.ts";
import * as information from "./baseline/information.ts";
import { cos, exp, log, sigmoid, silu, sin, softplus, tanh } from "./baseline/math.ts";
import * as mlp from "./baseline/mlp.ts";
import { allocatePlan, iterate, networkOf } from "./baseline/planner.ts";
import * as draws from "./baseline/random.ts";
import * as smc from "./baseline/smc.ts";

type Work = () => unknown;

const random = mulberry32(1);
const drawn = (length: number, low = -1, high = 1) =>
  Float32Array.from({ length }, () => low + (high - low) * random());

export function plainDense([rows, inputs, outputs]: readonly [number, number, number]): Work {
  const [x, weight, bias] = [rows * inputs, outputs * inputs, outputs].map((length) => drawn(length));
  const out = new Float32Array(rows * outputs);
  return () => product(out, x, weight, bias, rows, outputs, inputs);
}

const functions = { exp, log, tanh, sigmoid, silu, softplus, sin, cos };

export function plainFunction([name, N]: readonly [FunctionName, number]): Work {
  const x = name === "log" ? drawn(N, 1e-3, 10) : drawn(N, -5, 5);
  const out = new Float32Array(N);
  return () => functions[name](out, x);
}

export function plainGaussian([D, N]: readonly [number, number]): Work {
  const [x, mean, std] = [drawn(D * N), drawn(D), drawn(D, 0.5, 1.5)];
  const out = new Float32Array(N);
  return () => density.gaussianLogDensity(out, x, mean, std);
}

export function plainForward(rows: number): Work {
  const network = networkOf(randomNetwork(random, [...REFERENCE.widths], REFERENCE.activation));
  const layers = mlp.allocateLayers(network, rows);
  layers[0].set(drawn(rows * REFERENCE.widths[0]));
  return () => mlp.predict(network, layers, rows);
}

export function plainTraining(rows: number): Work {
  const { widths, activation } = REFERENCE;
  const network = networkOf(randomNetwork(random, [...widths], activation));
  const trainer = mlp.allocateTrainer(network, rows);
  const width = widths[3] / 2;
  const target = drawn(rows * width);
  const ended = new Float32Array(rows);
  const settings = { learningRate: 1e-4, weightDecay: 1e-5, maxNorm: 20 };
  trainer.layers[0].set(drawn(rows * widths[0]));
  let step = 0;
  return () => {
    const output = mlp.forward(network, trainer.layers, trainer.before, rows);
    mlp.gaussianHeadGradient(trainer.gradients[3], output, target, ended, width, widths[3], rows);
    mlp.backward(network, trainer, rows);
    return mlp.adam(network, trainer, { ...settings, step: ++step });
  };
}

export function plainHabit(widths: readonly number[]): Work {
  const habit = networkOf(randomNetwork(random, [...widths], "silu"));
  const layers = mlp.allocateLayers(habit, 1);
  layers[0].set(drawn(widths[0]));
  return () => mlp.modeOfBins(mlp.predict(habit, layers, 1), widths[widths.length - 1]);
}

export function plainDraws([kind, N]: readonly [Kind, number]): Work {
  const [words, out] = [new Uint32Array(N), new Float32Array(N)];
  let step = 0;
  const works = {
    philox: () => draws.philox(words, 1, 2, 3, 4, step++),
    uniform: () => draws.uniform(out, 1, 2, 3, 4, step++),
    normal: () => draws.normal(out, 1, 2, 3, 4, step++),
  };
  return works[kind];
}

export function plainWeighing([work, N]: readonly [Weighing, number]): Work {
  const logWeights = drawn(N, -3, 3);
  const weights = new Float32Array(N);
  smc.normaliseWeights(weights, logWeights);
  const ancestors = new Uint32Array(N);
  let step = 0;
  const works = {
    logSumExp: () => smc.logSumExp(logWeights),
    normaliseWeights: () => smc.normaliseWeights(weights, logWeights),
    effectiveSampleSize: () => smc.effectiveSampleSize(logWeights),
    resampleSystematic: () => smc.resampleSystematic(ancestors, weights, 1, 2, 3, step++),
    resampleStratified: () => smc.resampleStratified(ancestors, weights, 1, 2, 3, step++),
  };
  return works[work];
}

export function plainPairwise([D, N]: readonly [number, number]): Work {
  const [mean, std] = [drawn(D * N), drawn(D * N, 0.5, 1.5)];
  const x = mean.map((m, i) => m + std[i] * (2 * random() - 1));
  const [lower, upper] = [new Float32Array(N), new Float32Array(N)];
  const pairs = information.allocatePairs(D, N);
  return () => information.pairwiseGaussian(lower, upper, x, mean, std, pairs);
}

export function plainContrast([K, N]: readonly [number, number]): Work {
  const [own, others] = [drawn(N, 0, 2), drawn(K * N, -5, 1)];
  const [lower, upper] = [new Float32Array(N), new Float32Array(N)];
  const terms = new Float64Array(K);
  return () => information.contrast(lower, upper, own, others, terms);
}

/** A plan by five members with the given hidden layers, simulated with noise. */
export function plainPlan({ D, A, width, activation, ...sizes }: PlanSizes): Work {
  const bins = 21;
  const hidden = [width, width];
  const members = [0, 1, 2, 3, 4];
  const world = worldOf(D, A, {
    models: members.map(() => randomNetwork(random, [D + A, ...hidden, headSize(D)], activation)),
    habit: randomNetwork(random, [D, ...hidden, A * bins], activation),
    value: randomNetwork(random, [D, ...hidden, 1], activation),
    bins,
    particles: 5,
    usesNoise: true,
    discount: 0.99,
    essShare: 0.1,
    minimumStd: 0.15,
    stepScale: new Array<number>(D).fill(0.1),
    ...sizes,
  });
  const plan = allocatePlan(world);
  return () => iterate(plan);
}
