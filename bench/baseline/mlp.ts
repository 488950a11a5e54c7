/** Multi-layer perceptrons, their training step and the habit's action in plain TypeScript; particles are rows. */
import { product, transpose } from "./dense.ts";
import { exponential } from "./math.ts";

/** One array per layer. */
export interface Network {
  readonly widths: readonly number[];
  readonly activation: "tanh" | "silu";
  /** [out][in] */
  readonly weights: readonly Float32Array[];
  readonly biases: readonly Float32Array[];
}

export function sigmoid(x: number): number {
  return 1 / (1 + exponential(Math.min(Math.max(-x, -87), 87)));
}

export function tanh(x: number): number {
  const e = exponential(2 * Math.min(Math.max(x, -9.02), 9.02));
  return (e - 1) / (e + 1);
}

function activate(out: Float32Array, x: Float32Array, activation: Network["activation"], N: number): void {
  if (activation === "tanh") for (let i = 0; i < N; i++) out[i] = tanh(x[i]);
  else for (let i = 0; i < N; i++) out[i] = x[i] * sigmoid(x[i]);
}

/** The values of a network's layers for up to `rows` particles; layer 0 is the input. */
export function allocateLayers({ widths }: Network, rows: number): Float32Array[] {
  return widths.map((width) => new Float32Array(rows * width));
}

/** Fills layers 1 … L from layer 0, without keeping what lies before the activations. @returns the last */
export function predict(network: Network, layers: readonly Float32Array[], rows: number): Float32Array {
  return forward(network, layers, layers, rows);
}

/** Fills layers 1 … L from layer 0 and keeps the hidden ones before their activation. @returns the last */
export function forward(
  { widths, weights, biases, activation }: Network,
  layers: readonly Float32Array[],
  before: readonly Float32Array[],
  rows: number,
): Float32Array {
  const last = widths.length - 1;
  for (let l = 1; l <= last; l++) {
    const out = l === last ? layers[l] : before[l];
    product(out, layers[l - 1], weights[l - 1], biases[l - 1], rows, widths[l], widths[l - 1]);
    if (l < last) activate(layers[l], out, activation, rows * widths[l]);
  }
  return layers[last];
}

/** Parameters' gradients and moments, and room for the transposed operands. */
export interface Trainer {
  readonly layers: readonly Float32Array[];
  readonly before: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];
  readonly dWeights: readonly Float32Array[];
  readonly dBiases: readonly Float32Array[];
  readonly moments: readonly (readonly [first: Float32Array, second: Float32Array])[];
  readonly transposed: readonly [Float32Array, Float32Array];
  readonly zeros: Float32Array;
}

export function allocateTrainer(network: Network, rows: number): Trainer {
  const { widths, weights, biases } = network;
  const widest = Math.max(...widths);
  const parameters = [...weights, ...biases];
  return {
    layers: allocateLayers(network, rows),
    before: allocateLayers(network, rows),
    gradients: allocateLayers(network, rows),
    dWeights: weights.map((weight) => new Float32Array(weight.length)),
    dBiases: biases.map((bias) => new Float32Array(bias.length)),
    moments: parameters.map(({ length }) => [new Float32Array(length), new Float32Array(length)]),
    transposed: [
      new Float32Array(widest * Math.max(rows, widest)),
      new Float32Array(widest * Math.max(rows, widest)),
    ],
    zeros: new Float32Array(widest),
  };
}

/** Overwrites the parameters' gradients, given the output's in the last of `gradients`. */
export function backward(network: Network, trainer: Trainer, rows: number): void {
  const { widths, weights, activation } = network;
  const { layers, before, gradients, dWeights, dBiases, transposed, zeros } = trainer;
  for (let l = widths.length - 1; l > 0; l--) {
    const [inputs, outputs] = [widths[l - 1], widths[l]];
    const dY = gradients[l];
    if (l < widths.length - 1) activateBackward(dY, before[l], activation, rows * outputs);
    const bias = dBiases[l - 1].fill(0);
    for (let n = 0; n < rows; n++) for (let o = 0; o < outputs; o++) bias[o] += dY[n * outputs + o];
    transpose(transposed[0], dY, rows, outputs);
    transpose(transposed[1], layers[l - 1], rows, inputs);
    product(dWeights[l - 1], transposed[0], transposed[1], zeros, outputs, inputs, rows);
    transpose(transposed[0], weights[l - 1], outputs, inputs);
    product(gradients[l - 1], dY, transposed[0], zeros, rows, inputs, outputs);
  }
}

function activateBackward(
  dY: Float32Array,
  x: Float32Array,
  activation: Network["activation"],
  N: number,
): void {
  if (activation === "tanh")
    for (let i = 0; i < N; i++) {
      const y = tanh(x[i]);
      dY[i] *= 1 - y * y;
    }
  else
    for (let i = 0; i < N; i++) {
      const s = sigmoid(x[i]);
      dY[i] *= s * (1 + x[i] * (1 - s));
    }
}

/** The gradient of `assembly/density/gaussianHead.ts`. @returns mean squared error */
export function gaussianHeadGradient(
  dHead: Float32Array,
  head: Float32Array,
  target: Float32Array,
  ended: Float32Array,
  width: number,
  stride: number,
  rows: number,
): number {
  let squares = 0;
  for (let n = 0; n < rows; n++)
    for (let d = 0; d < width; d++) {
      const m = n * stride + d;
      if (d === width - 1 && ended[n] === 1) {
        dHead[m] = 0;
        dHead[m + width] = 0;
        continue;
      }
      const gate = sigmoid(head[m + width] + 1);
      const std = exponential(-4.5 + 5 * gate);
      const error = head[m] - target[n * width + d];
      const scaled = error / std;
      dHead[m] = scaled / rows;
      dHead[m + width] = (0.5 * std * (1 - scaled * scaled) * 10 * gate * (1 - gate)) / rows;
      squares += error * error;
    }
  return squares / (rows * width);
}

/** One step of `assembly/nn/adam.ts` for all layers. @returns the gradient's norm */
export function adam(
  { weights, biases }: Network,
  { dWeights, dBiases, moments }: Trainer,
  {
    learningRate,
    weightDecay,
    maxNorm,
    step,
  }: Readonly<Record<"learningRate" | "weightDecay" | "maxNorm" | "step", number>>,
): number {
  const parameters = [...weights, ...biases];
  const gradients = [...dWeights, ...dBiases];
  let squares = 0;
  for (const gradient of gradients)
    for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
  const norm = Math.sqrt(squares);
  const scale = Math.min(1, maxNorm / norm);
  const correct1 = learningRate / (1 - 0.9 ** step);
  const correct2 = 1 / (1 - 0.999 ** step);
  parameters.forEach((theta, p) => {
    const gradient = gradients[p];
    const [first, second] = moments[p];
    for (let i = 0; i < theta.length; i++) {
      const g = gradient[i] * scale;
      const m = 0.9 * first[i] + 0.1 * g;
      const v = 0.999 * second[i] + 0.001 * g * g;
      theta[i] -= (correct1 * m) / (Math.sqrt(correct2 * v) + 1e-8) + learningRate * weightDecay * theta[i];
      first[i] = m;
      second[i] = v;
    }
  });
  return norm;
}

/** The most probable action of one group of bins. */
export function modeOfBins(logits: Float32Array, bins: number): number {
  let mode = 0;
  for (let k = 1; k < bins; k++) if (logits[k] > logits[mode]) mode = k;
  let total = 0;
  let sum = 0;
  for (let k = Math.max(0, mode - 1); k < Math.min(mode + 2, bins); k++) {
    const p = exponential(Math.max(-104, logits[k] - logits[mode]));
    total += p;
    sum += p * ((2 * k) / (bins - 1) - 1);
  }
  return sum / total;
}
