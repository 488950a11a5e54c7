/** TensorFlow.js with its Wasm backend: two-dimensional products, one member after the other. */
import { pathOf, require, versionOf } from "./folder.ts";
import { A, BOUND, type CreatePeer, D, HEAD, STEP_SCALE, turned } from "./peer.ts";

interface Tensor {
  tanh(): Tensor;
  sigmoid(): Tensor;
  exp(): Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  div(other: Tensor | number): Tensor;
  slice(begin: readonly number[], size: readonly number[]): Tensor;
  clipByValue(low: number, high: number): Tensor;
  reshape(shape: readonly number[]): Tensor;
  dataSync(): Float32Array;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy<Result>(work: () => Result): Result;
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
  return {
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
