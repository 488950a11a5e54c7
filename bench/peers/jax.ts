/** jax-js with its Wasm backend: one step of the simulation is one compiled function. An array is spent by its use; `ref` keeps it. */
import { load, versionOf } from "./folder.ts";
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
  readonly ref: Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  div(other: Tensor | number): Tensor;
  sum(axis: number): Tensor;
  transpose(): Tensor;
  slice(...index: readonly (readonly number[] | number)[]): Tensor;
  reshape(shape: readonly number[]): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}
type Compiled<Result> = (...inputs: Tensor[]) => Result;
interface Jax {
  init(device: "wasm"): Promise<unknown>;
  defaultDevice(device: "wasm"): unknown;
  jit<Result>(work: Compiled<Result>): Compiled<Result>;
  readonly numpy: {
    array(values: Float32Array, options: { shape: readonly number[] }): Tensor;
    matmul(a: Tensor, b: Tensor): Tensor;
    concatenate(parts: readonly Tensor[], axis: number): Tensor;
    tanh(x: Tensor): Tensor;
    exp(x: Tensor): Tensor;
    square(x: Tensor): Tensor;
    sqrt(x: Tensor): Tensor;
    clip(x: Tensor, low: number, high: number): Tensor;
    zeros(shape: readonly number[]): Tensor;
  };
  readonly nn: { sigmoid(x: Tensor): Tensor };
  readonly random: {
    key(seed: number): Tensor;
    split(key: Tensor, count: number): Tensor;
    normal(key: Tensor, shape: readonly number[]): Tensor;
  };
}

export const createJax: CreatePeer = async (problem) => {
  const { init, defaultDevice, jit, numpy: np, nn, random } = await load<Jax>("@jax-js/jax/dist/index.js");
  await init("wasm");
  defaultDevice("wasm");
  const { candidates: C, horizon, discount, models, inputs, actions, start } = problem;
  const layersOf = models.map(({ weights, biases, widths }) =>
    weights.flatMap((weight, l) => {
      const [rows, columns] = [widths[l], widths[l + 1]];
      return [
        np.array(turned(weight, columns, rows), { shape: [rows, columns] }),
        np.array(biases[l].slice(), { shape: [columns] }),
      ];
    }),
  );
  const predict = (x: Tensor, [w0, b0, w1, b1, w2, b2]: readonly Tensor[]): Tensor => {
    const first = np.tanh(np.matmul(x, w0).add(b0));
    return np.matmul(np.tanh(np.matmul(first, w1).add(b1)), w2).add(b2);
  };
  const forward = jit((x, ...layers) => predict(x, layers));
  /** [x, gain] ← [clip(x + c (m + e^(5 σ(y + 1) − 4.5) ε)), gain + γᵗ r] */
  const step = jit((x, gain, action, weight, noise, ...layers) => {
    const head = predict(np.concatenate([x.ref, action], 1), layers);
    const reward = head.ref.slice([], [D, D + 1]).mul(weight);
    const std = np.exp(
      nn
        .sigmoid(head.ref.slice([], [D + 1, 2 * D + 1]).add(1))
        .mul(5)
        .add(-4.5),
    );
    const change = head.slice([], [0, D]).add(std.mul(noise)).mul(STEP_SCALE);
    return [np.clip(x.add(change), -BOUND, BOUND), gain.add(reward)];
  });
  const draw = jit((key) => random.normal(key, [C, D]));
  const steps = Array.from({ length: horizon }, (_, t) => ({
    action: np.array(actions.slice(t * C * A, (t + 1) * C * A), { shape: [C, A] }),
    weight: np.array(Float32Array.of(discount ** t), { shape: [1] }),
  }));
  const states = np.array(
    Float32Array.from({ length: C * D }, (_, i) => start[i % D]),
    { shape: [C, D] },
  );
  const silence = np.zeros([C, D]);
  const xs = new Map(
    [1, 32, 1024].map((rows) => [rows, np.array(inputs.slice(0, rows * (D + A)), { shape: [rows, D + A] })]),
  );
  const kept = (layers: readonly Tensor[]) => layers.map(({ ref }) => ref);
  let seed = 0;
  const simulate = (member: number, usesNoise: boolean): Tensor => {
    let x = states.ref;
    let gain = np.zeros([C, 1]);
    for (const { action, weight } of steps) {
      const noise = usesNoise ? draw(random.key(seed++)) : silence.ref;
      [x, gain] = step(x, gain, action.ref, weight.ref, noise, ...kept(layersOf[member]));
    }
    x.dispose();
    return gain;
  };
  const batch = np.array(inputs.slice(0, BATCH * (D + A)), { shape: [BATCH, D + A] });
  const targets = np.array(problem.targets.slice(), { shape: [BATCH, WIDTH] });
  /** The heads, and the gradients of the parameters. */
  const differentiate = jit((x, target, w0, b0, w1, b1, w2, b2) => {
    const first = np.tanh(np.matmul(x.ref, w0).add(b0));
    const second = np.tanh(np.matmul(first.ref, w1.ref).add(b1));
    const heads = np.matmul(second.ref, w2.ref).add(b2);
    const gate = nn.sigmoid(heads.ref.slice([], [WIDTH, HEAD]).add(1));
    const std = np.exp(gate.ref.mul(5).add(-4.5));
    const scaled = heads.ref.slice([], [0, WIDTH]).sub(target).div(std.ref);
    const slope = gate.ref.sub(np.square(gate)).mul(5 / BATCH);
    const dStd = std.mul(slope).mul(np.square(scaled.ref).mul(-1).add(1));
    const d2 = np.concatenate([scaled.mul(1 / BATCH), dStd], 1);
    const d1 = np.matmul(d2.ref, w2.transpose()).mul(np.square(second.ref).mul(-1).add(1));
    const d0 = np.matmul(d1.ref, w1.transpose()).mul(np.square(first.ref).mul(-1).add(1));
    return [
      ...[heads, np.matmul(x.transpose(), d0.ref), d0.sum(0)],
      ...[np.matmul(first.transpose(), d1.ref), d1.sum(0)],
      ...[np.matmul(second.transpose(), d2.ref), d2.sum(0)],
    ];
  });
  const descend = jit((weight, m, v, gradient, correct1, correct2) => {
    const first = m.mul(ADAM.keep1).add(gradient.ref.mul(1 - ADAM.keep1));
    const second = v.mul(ADAM.keep2).add(np.square(gradient).mul(1 - ADAM.keep2));
    const root = np.sqrt(second.ref.mul(correct2)).add(ADAM.epsilon);
    return [weight.sub(first.ref.mul(correct1).div(root)), first, second];
  });
  let parameters = layersOf[0].map((weight) => {
    const moment = () => weight.ref.mul(0);
    return [weight.ref, moment(), moment()];
  });
  let updates = 0;
  const train = () => {
    const weights = parameters.map(([weight]) => weight.ref);
    const [heads, ...gradients] = differentiate(batch.ref, targets.ref, ...weights);
    const [correct1, correct2] = correctionsOf(++updates).map((value) =>
      np.array(Float32Array.of(value), { shape: [1] }),
    );
    parameters = parameters.map(([weight, m, v], i) =>
      descend(weight, m, v, gradients[i], correct1.ref, correct2.ref),
    );
    for (const correction of [correct1, correct2]) correction.dispose();
    return heads.reshape([BATCH * HEAD]).dataSync();
  };
  return {
    train,
    name: `jax-js ${versionOf("@jax-js/jax")} wasm`,
    forward: (rows) =>
      forward((xs.get(rows) as Tensor).ref, ...kept(layersOf[0]))
        .reshape([rows * HEAD])
        .dataSync(),
    plan(usesNoise) {
      const scores = new Float32Array(C);
      models.forEach((_, member) => {
        const gain = simulate(member, usesNoise).reshape([C]).dataSync();
        for (let n = 0; n < C; n++) scores[n] += gain[n] / models.length;
      });
      return scores;
    },
  };
};
