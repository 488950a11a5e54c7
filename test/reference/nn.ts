/** Twins of `assembly/nn`: f64, one particle at a time. */
import type { Activation } from "../../src/core/activation.ts";
import { pad4 } from "../../src/core/tiles.ts";
import { type Random, type Rows, randomRow, randomRows } from "./arrays.ts";
import {
  dense,
  denseInputGradient,
  denseParameterGradient,
  type Layer,
  packBias,
  packWeight,
  unpackWeight,
} from "./linalg.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** f(x). */
export const activation: Record<Activation, (x: number) => number> = {
  tanh: Math.tanh,
  silu: (x) => x * sigmoid(x),
  relu: (x) => Math.max(0, x),
};

/** f'(x). */
export const slope: Record<Activation, (x: number) => number> = {
  tanh: (x) => 1 - Math.tanh(x) ** 2,
  silu: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  relu: (x) => (x > 0 ? 1 : 0),
};

export interface Network {
  readonly activation: Activation;
  readonly layers: readonly Layer[];
}

/** A network with weights and biases of the usual size, exact in f32. */
export function randomNetwork(random: Random, widths: readonly number[], name: Activation): Network {
  const layers = widths.slice(1).map((outputs, l) => {
    const bound = Math.sqrt(3 / widths[l]);
    return {
      weight: randomRows(random, outputs, widths[l], -bound, bound),
      bias: randomRow(random, outputs, -0.5, 0.5),
    };
  });
  return { activation: name, layers };
}

/** Widths from the inputs to the outputs. */
export function widthsOf({ layers }: Network): number[] {
  return [layers[0].weight[0].length, ...layers.map(({ bias }) => bias.length)];
}

/** The parameters as the kernels hold them: of each layer the weight, then the bias. */
export function packNetwork(layers: readonly Layer[]): number[] {
  return layers.flatMap(({ weight, bias }) => [...packWeight(weight), ...packBias(bias)]);
}

/** The inverse of `packNetwork`. */
export function unpackNetwork(packed: ArrayLike<number>, widths: readonly number[]): Layer[] {
  const values = Array.from(packed);
  return widths.slice(1).map((outputs, l) => {
    const weight = unpackWeight(values.splice(0, pad4(outputs) * widths[l]), outputs, widths[l]);
    return { weight, bias: values.splice(0, pad4(outputs)).slice(0, outputs) };
  });
}

/** h_0 = x,  y_l = W_l h_{l−1} + b_l,  h_l = f(y_l); the output is the last y. */
export function mlp({ layers, activation: name }: Network, x: readonly number[]): number[] {
  return layers.reduce<number[]>(
    (h, layer, l) => dense(layer, l === 0 ? h : h.map(activation[name])),
    [...x],
  );
}

/** ∂L/∂(every W_l, b_l) summed over the particles, and ∂L/∂x_n, given ∂L/∂output_n. */
export function mlpGradient(network: Network, xs: Rows, dOutputs: Rows): { layers: Layer[]; dInputs: Rows } {
  const { layers, activation: name } = network;
  const before: Rows[] = [];
  const inputs: Rows[] = [];
  let h = xs;
  for (const layer of layers) {
    inputs.push(h);
    before.push(h.map((value) => dense(layer, value)));
    h = before[before.length - 1].map((y) => y.map(activation[name]));
  }
  const gradient: Layer[] = [];
  let dY = dOutputs;
  for (let l = layers.length - 1; l >= 0; l--) {
    gradient.unshift(denseParameterGradient(inputs[l], dY));
    const dH = dY.map((dy) => denseInputGradient(layers[l], dy));
    dY = l === 0 ? dH : dH.map((dh, n) => dh.map((value, k) => value * slope[name](before[l - 1][n][k])));
  }
  return { layers: gradient, dInputs: dY };
}

export interface AdamState {
  parameters: number[];
  first: number[];
  second: number[];
}

/** One step on gradient g: clip to `maxNorm`, decay the moments, correct them for their start at zero. */
export function adam(
  { parameters, first, second }: AdamState,
  gradient: readonly number[],
  { learningRate, weightDecay, maxNorm, step }: Record<string, number>,
): AdamState {
  const norm = Math.hypot(...gradient);
  const g = gradient.map((value) => value * Math.min(1, maxNorm / norm));
  const m = first.map((value, i) => 0.9 * value + 0.1 * g[i]);
  const v = second.map((value, i) => 0.999 * value + 0.001 * g[i] ** 2);
  const theta = parameters.map((value, i) => {
    const mHat = m[i] / (1 - 0.9 ** step);
    const vHat = v[i] / (1 - 0.999 ** step);
    return value - learningRate * (mHat / (Math.sqrt(vHat) + 1e-8) + weightDecay * value);
  });
  return { parameters: theta, first: m, second: v };
}

/** ½ e² inside ±delta, delta (|e| − ½ delta) outside */
export function huber(error: number, delta: number): number {
  return Math.abs(error) <= delta ? 0.5 * error * error : delta * (Math.abs(error) - 0.5 * delta);
}

/** The derivative of `huber` by the error: the error within ±delta. */
export function huberSlope(error: number, delta: number): number {
  return Math.max(-delta, Math.min(delta, error));
}
