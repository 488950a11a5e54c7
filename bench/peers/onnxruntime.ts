/** onnxruntime-web's Wasm: a graph a network, and the whole simulation of a member unrolled in one. */
import type { Network } from "../baseline/mlp.ts";
import { load, versionOf } from "./folder.ts";
import { type Constant, type Node, onnxModel } from "./onnx.ts";
import { A, BOUND, type CreatePeer, D, HEAD, type Problem, STEP_SCALE } from "./peer.ts";

interface Tensor {
  readonly data: Float32Array;
}
interface Session {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number }; logLevel: string };
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (type: "float32", data: Float32Array, dimensions: readonly number[]) => Tensor;
}

export const createOnnxruntime: CreatePeer = async (problem) => {
  const ort = await load<Runtime>("onnxruntime-web/dist/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
  const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all" };
  const { inputs, models, candidates, actions, horizon, start } = problem;
  const passes = new Map<number, { session: Session; x: Tensor }>();
  for (const rows of [1, 32, 1024])
    passes.set(rows, {
      session: await ort.InferenceSession.create(forwardModel(models[0], rows), options),
      x: new ort.Tensor("float32", inputs.slice(0, rows * (D + A)), [rows, D + A]),
    });
  const simulations: Session[] = [];
  for (const model of models)
    simulations.push(await ort.InferenceSession.create(simulationModel(model, problem), options));
  const size = candidates * A;
  const feeds: Record<string, Tensor> = Object.fromEntries(
    Array.from({ length: horizon }, (_, time) => [
      `a${time}`,
      new ort.Tensor("float32", actions.slice(time * size, (time + 1) * size), [candidates, A]),
    ]),
  );
  const states = Float32Array.from({ length: candidates * D }, (_, i) => start[i % D]);
  feeds.x0 = new ort.Tensor("float32", states, [candidates, D]);
  const [silent, noisy] = [0, 1].map((scale) => new ort.Tensor("float32", Float32Array.of(scale), [1]));
  return {
    name: `onnxruntime-web ${versionOf("onnxruntime-web")} wasm`,
    async forward(rows) {
      const pass = passes.get(rows);
      return (await (pass as NonNullable<typeof pass>).session.run({ x: pass?.x as Tensor })).y.data;
    },
    async plan(usesNoise) {
      const scores = new Float32Array(candidates);
      for (const session of simulations) {
        const { gain } = await session.run({ ...feeds, noise: usesNoise ? noisy : silent });
        for (let n = 0; n < candidates; n++) scores[n] += gain.data[n] / models.length;
      }
      return scores;
    },
  };
};

function constantsOf({ weights, biases, widths }: Network): Constant[] {
  return weights.flatMap((weight, l) => [
    { name: `w${l}`, dimensions: [widths[l + 1], widths[l]], values: weight },
    { name: `b${l}`, dimensions: [widths[l + 1]], values: biases[l] },
  ]);
}

/** The network's operators from `x` to `y`; `tag` keeps the names between apart. */
function network(x: string, y: string, tag = ""): Node[] {
  const gemm = (input: string, l: number, output: string): Node => {
    const whole = { transB: 1 };
    return { type: "Gemm", inputs: [input, `w${l}`, `b${l}`], outputs: [output], whole };
  };
  const tanh = (name: string): Node => ({ type: "Tanh", inputs: [`h${name}`], outputs: [`t${name}`] });
  const [one, two] = [`1${tag}`, `2${tag}`];
  return [gemm(x, 0, `h${one}`), tanh(one), gemm(`t${one}`, 1, `h${two}`), tanh(two), gemm(`t${two}`, 2, y)];
}

function forwardModel(model: Network, rows: number): Uint8Array {
  return onnxModel({
    nodes: network("x", "y"),
    constants: constantsOf(model),
    inputs: [{ name: "x", dimensions: [rows, D + A] }],
    outputs: [{ name: "y", dimensions: [rows, HEAD] }],
  });
}

/** x ← clip(x + c (m + e^(5 σ(y + 1) − 4.5) ε)),  gain += γᵗ r */
function simulationModel(model: Network, { horizon, candidates, discount }: Problem): Uint8Array {
  const constants: Constant[] = [
    ...constantsOf(model),
    { name: "sizes", dimensions: [4], values: [D, 1, D, HEAD - 2 * D - 1], isWhole: true },
    ...Object.entries({ one: 1, five: 5, low: -4.5, scale: STEP_SCALE }).map(([name, value]) => ({
      ...{ name, dimensions: [1], values: [value] },
    })),
    { name: "bottom", dimensions: [], values: [-BOUND] },
    { name: "top", dimensions: [], values: [BOUND] },
    { name: "gain0", dimensions: [candidates, 1], values: new Float32Array(candidates) },
  ];
  const nodes: Node[] = [];
  for (let t = 0; t < horizon; t++) {
    const add = (type: string, inputs: readonly string[], ...outputs: readonly string[]) =>
      nodes.push({ type, inputs, outputs: outputs.map((name) => name) });
    const last = t === horizon - 1;
    constants.push({ name: `g${t}`, dimensions: [1], values: [discount ** t] });
    nodes.push({ type: "Concat", inputs: [`x${t}`, `a${t}`], outputs: [`i${t}`], whole: { axis: 1 } });
    nodes.push(...network(`i${t}`, `head${t}`, `_${t}`));
    const parts = [`m${t}`, `r${t}`, `y${t}`, `rest${t}`];
    nodes.push({ type: "Split", inputs: [`head${t}`, "sizes"], outputs: parts, whole: { axis: 1 } });
    add("Mul", [`r${t}`, `g${t}`], `p${t}`);
    add("Add", [`gain${t}`, `p${t}`], last ? "gain" : `gain${t + 1}`);
    if (last) break;
    add("Add", [`y${t}`, "one"], `s0_${t}`);
    add("Sigmoid", [`s0_${t}`], `s1_${t}`);
    add("Mul", [`s1_${t}`, "five"], `s2_${t}`);
    add("Add", [`s2_${t}`, "low"], `s3_${t}`);
    add("Exp", [`s3_${t}`], `s4_${t}`);
    add("RandomNormalLike", [`y${t}`], `e0_${t}`);
    add("Mul", [`e0_${t}`, "noise"], `e1_${t}`);
    add("Mul", [`e1_${t}`, `s4_${t}`], `e2_${t}`);
    add("Add", [`m${t}`, `e2_${t}`], `c0_${t}`);
    add("Mul", [`c0_${t}`, "scale"], `c1_${t}`);
    add("Add", [`x${t}`, `c1_${t}`], `c2_${t}`);
    add("Clip", [`c2_${t}`, "bottom", "top"], `x${t + 1}`);
  }
  const times = Array.from({ length: horizon }, (_, t) => t);
  return onnxModel({
    nodes,
    constants,
    inputs: [
      { name: "x0", dimensions: [candidates, D] },
      { name: "noise", dimensions: [1] },
      ...times.map((t) => ({ name: `a${t}`, dimensions: [candidates, A] })),
    ],
    outputs: [{ name: "gain", dimensions: [candidates, 1] }],
  });
}
