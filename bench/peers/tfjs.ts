/** TensorFlow.js with its Wasm backend: two-dimensional products, one member after the other. */
import { pathOf, require, versionOf } from "./folder.ts";
import {
  A,
  ADAM,
  BATCH,
  BOUND,
  type CreatePeer,
  correctionsOf,
  D,
  HEAD,
  STEP_SCALE,
  turned,
  WIDTH,
} from "./peer.ts";

interface Tensor {
  tanh(): Tensor;
  sigmoid(): Tensor;
  exp(): Tensor;
  square(): Tensor;
  sqrt(): Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  div(other: Tensor | number): Tensor;
  slice(begin: readonly number[], size: readonly number[]): Tensor;
  clipByValue(low: number, high: number): Tensor;
  reshape(shape: readonly number[]): Tensor;
  sum(axis: number): Tensor;
  dispose(): void;
  dataSync(): Float32Array;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy<Result>(work: () => Result): Result;
  keep(tensor: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor, transposesA?: boolean, transposesB?: boolean): Tensor;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  zeros(shape: readonly number[]): Tensor;
  concat(parts: readonly Tensor[], axis: number): Tensor;
  randomNormal(shape: readonly number[]): Tensor;
  readonly fused: { matMul(options: object): Tensor };
}

export const createTfjs: CreatePeer = async (problem) => {
  const tf = require<TensorFlow>("@tensorflow/tfjs-core");
  require("@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops");
  const wasm = require<{
    setWasmPaths(path: string): void;
    setThreadsCount(count: number): void;
  }>("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(pathOf("@tensorflow/tfjs-backend-wasm/dist/"));
  wasm.setThreadsCount(1);
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs: expected the backend wasm, got none");
  await tf.ready();
  const { candidates: C, horizon, discount, models, inputs, actions, start } = problem;
  const layersOf = models.map(({ weights, biases, widths }) =>
    weights.map((weight, l) => ({
      b: tf.tensor(turned(weight, widths[l + 1], widths[l]), [widths[l], widths[l + 1]]),
      bias: tf.tensor(biases[l], [widths[l + 1]]),
    })),
  );
  const predict = (member: number, x: Tensor): Tensor =>
    layersOf[member].reduce((a, { b, bias }, l) => {
      const y = tf.fused.matMul({ a, b, bias });
      return l < 2 ? y.tanh() : y;
    }, x);
  const xs = new Map(
    [1, 32, 1024].map((rows) => [rows, tf.tensor(inputs.slice(0, rows * (D + A)), [rows, D + A])]),
  );
  const steps = Array.from({ length: horizon }, (_, t) =>
    tf.tensor(actions.slice(t * C * A, (t + 1) * C * A), [C, A]),
  );
  const states = tf.tensor(
    Float32Array.from({ length: C * D }, (_, i) => start[i % D]),
    [C, D],
  );
  /** x ← clip(x + c (m + e^(5 σ(y + 1) − 4.5) ε)),  gain += γᵗ r */
  const simulate = (member: number, usesNoise: boolean): Tensor => {
    let x = states;
    let gain = tf.zeros([C, 1]);
    for (let t = 0; t < horizon; t++) {
      const head = predict(member, tf.concat([x, steps[t]], 1));
      gain = gain.add(head.slice([0, D], [C, 1]).mul(discount ** t));
      let change = head.slice([0, 0], [C, D]);
      if (usesNoise) {
        const gate = head
          .slice([0, D + 1], [C, D])
          .add(1)
          .sigmoid();
        change = change.add(
          gate
            .mul(5)
            .sub(4.5)
            .exp()
            .mul(tf.randomNormal([C, D])),
        );
      }
      x = x.add(change.mul(STEP_SCALE)).clipByValue(-BOUND, BOUND);
    }
    return gain;
  };
  const batch = tf.tensor(inputs.slice(0, BATCH * (D + A)), [BATCH, D + A]);
  const targets = tf.tensor(problem.targets, [BATCH, WIDTH]);
  let weights = layersOf[0].flatMap(({ b, bias }) => [b.mul(1), bias.mul(1)]);
  let moments = weights.map((weight) => [weight.mul(0), weight.mul(0)]);
  let step = 0;
  /** The heads, and the gradients of the parameters. */
  const differentiate = (): readonly [heads: Tensor, gradients: readonly Tensor[]] => {
    const [w0, b0, w1, b1, w2, b2] = weights;
    const first = tf.fused.matMul({ a: batch, b: w0, bias: b0 }).tanh();
    const second = tf.fused.matMul({ a: first, b: w1, bias: b1 }).tanh();
    const heads = tf.fused.matMul({ a: second, b: w2, bias: b2 });
    const gate = heads.slice([0, WIDTH], [BATCH, WIDTH]).add(1).sigmoid();
    const std = gate.mul(5).sub(4.5).exp();
    const scaled = heads.slice([0, 0], [BATCH, WIDTH]).sub(targets).div(std);
    const slope = gate.sub(gate.square()).mul(5 / BATCH);
    const dStd = std.mul(slope).mul(scaled.square().mul(-1).add(1));
    const d2 = tf.concat([scaled.mul(1 / BATCH), dStd], 1);
    const d1 = tf.matMul(d2, w2, false, true).mul(second.square().mul(-1).add(1));
    const d0 = tf.matMul(d1, w1, false, true).mul(first.square().mul(-1).add(1));
    const gradients = [
      ...[tf.matMul(batch, d0, true), d0.sum(0), tf.matMul(first, d1, true), d1.sum(0)],
      ...[tf.matMul(second, d2, true), d2.sum(0)],
    ];
    return [heads, gradients];
  };
  const train = () =>
    tf.tidy(() => {
      const [heads, gradients] = differentiate();
      const [correct1, correct2] = correctionsOf(++step);
      const old = [...weights, ...moments.flat()];
      moments = moments.map(([m, v], i) => [
        m.mul(ADAM.keep1).add(gradients[i].mul(1 - ADAM.keep1)),
        v.mul(ADAM.keep2).add(gradients[i].square().mul(1 - ADAM.keep2)),
      ]);
      weights = weights.map((weight, i) => {
        const [m, v] = moments[i];
        return weight.sub(m.mul(correct1).div(v.mul(correct2).sqrt().add(ADAM.epsilon)));
      });
      for (const tensor of [...weights, ...moments.flat()]) tf.keep(tensor);
      for (const tensor of old) tensor.dispose();
      return heads.reshape([BATCH * HEAD]).dataSync();
    });
  return {
    train,
    name: `tfjs ${versionOf("@tensorflow/tfjs-core")} wasm`,
    forward: (rows) =>
      tf.tidy(() =>
        predict(0, xs.get(rows) as Tensor)
          .reshape([rows * HEAD])
          .dataSync(),
      ),
    plan: (usesNoise) =>
      tf.tidy(() => {
        const gains = models.map((_, member) => tf.tidy(() => simulate(member, usesNoise)));
        return gains
          .reduce((sum, gain) => sum.add(gain))
          .div(models.length)
          .dataSync();
      }),
  };
};
