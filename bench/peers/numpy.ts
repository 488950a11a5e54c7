/** NumPy in a process of its own, one thread; it takes its own times, so that no pipe is measured. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { A, BOUND, D, type Peer, type Problem, STEP_SCALE } from "./peer.ts";

const SCRIPT = fileURLToPath(new URL("./numpy_peer.py", import.meta.url));
const encode = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

/** A peer whose answers come with the time that one call took, in µs. */
export interface TimedPeer extends Peer {
  timed(work: { readonly rows: number; readonly noise: boolean; readonly calls: number }): Promise<{
    readonly time: number;
    readonly data: Float32Array;
  }>;
}

/** @throws Error when there is no python3, or none with NumPy */
export async function createNumpy(problem: Problem): Promise<TimedPeer> {
  const threads = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  const child = spawn("python3", [SCRIPT], { env: { ...process.env, ...threads } });
  let complaint = "";
  child.stderr.on("data", (part) => {
    complaint = String(part).trim().split("\n").at(-1) ?? "";
  });
  const gone = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(complaint || "python3 ended")));
  });
  gone.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on("error", () => {});
  const ask = async (request: object) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value } = await Promise.race([lines.next(), gone]);
    return JSON.parse(value ?? (await gone));
  };
  const timed: TimedPeer["timed"] = async (work) => {
    const { time, data } = await ask(work);
    return { time, data: new Float32Array(Uint8Array.from(Buffer.from(data, "base64")).buffer) };
  };
  const { version } = await ask(given(problem));
  return {
    name: `numpy ${version} (OpenBLAS, AVX2)`,
    forward: async (rows) => (await timed({ rows, noise: false, calls: 1 })).data,
    plan: async (noise) => (await timed({ rows: 0, noise, calls: 1 })).data,
    timed,
    close: () => child.stdin.end(),
  };
}

function given({ models, candidates, horizon, discount, start, actions, inputs }: Problem): object {
  return {
    ...{ D, A, C: candidates, H: horizon, discount, scale: STEP_SCALE, bound: BOUND },
    ...{ start: encode(start), actions: encode(actions), inputs: encode(inputs) },
    models: models.map(({ weights, biases, widths }) =>
      weights.map((weight, l) => [encode(weight), encode(biases[l]), widths[l + 1], widths[l]]),
    ),
  };
}
