/** Python's libraries, each in a process of its own, one thread; they take their own times, so that no pipe is measured. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  A,
  ADAM,
  BATCH,
  BOUND,
  type CreatePeer,
  D,
  type Peer,
  type Problem,
  rowsOf,
  STEP_SCALE,
  WIDTH,
  type Work,
} from "./peer.ts";

/** Where a Python may be: the one on the path, or the system's, whose packages are Debian's. */
const PYTHONS = ["python3", "/usr/bin/python3"];
const ONE_THREAD = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
const encode = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

/** A peer that tells how long one of `calls` calls took, in µs. */
export interface TimedPeer extends Peer {
  timed(work: Work, calls: number): Promise<{ readonly time: number; readonly data: Float32Array }>;
}

/** @throws Error when there is no Python with NumPy */
export const createNumpy: CreatePeer = (problem) => createPython("numpy", problem);

/** @throws Error when there is no Python with PyTorch */
export const createTorch: CreatePeer = (problem) => createPython("torch", problem);

async function createPython(library: string, problem: Problem): Promise<TimedPeer> {
  const ask = startPeer(pythonWith(library), library);
  const answerOf = async (request: Request) => {
    const { time, data } = await ask.next(request);
    return { time, data: new Float32Array(Uint8Array.from(Buffer.from(data, "base64")).buffer) };
  };
  const once = async (work: Work, noise: boolean) => (await answerOf(requestOf(work, noise, 1))).data;
  const { version } = await ask.next(given(problem));
  return {
    name: `${library} ${version}`,
    forward: (rows) => once(`forward ${rows}` as Work, false),
    plan: (noise) => once("plan", noise),
    train: () => once("train", false),
    timed: (work, calls) => answerOf(requestOf(work, true, calls)),
    close: ask.end,
  };
}

type Request = ReturnType<typeof requestOf>;
function requestOf(work: Work, noise: boolean, calls: number) {
  return { work: work.split(" ")[0], rows: rowsOf(work), noise, calls };
}

/** The first Python that can import a library. */
function pythonWith(library: string): string {
  const found = PYTHONS.find((python) => spawnSync(python, ["-c", `import ${library}`]).status === 0);
  if (found === undefined) throw new Error(`no ${library} in ${PYTHONS.join(" or ")}`);
  return found;
}

/** A process that answers a line with a line. */
function startPeer(python: string, library: string) {
  const script = fileURLToPath(new URL(`./${library}_peer.py`, import.meta.url));
  const child = spawn(python, ["-B", script], { env: { ...process.env, ...ONE_THREAD } });
  let complaint = "";
  child.stderr.on("data", (part) => {
    complaint = String(part).trim().split("\n").at(-1) ?? "";
  });
  const gone = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("close", () => reject(new Error(complaint || `${python} ended`)));
  });
  gone.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on("error", () => {});
  return {
    async next(request: object) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value } = await Promise.race([lines.next(), gone]);
      return JSON.parse(value ?? (await gone));
    },
    end: () => child.stdin.end(),
  };
}

function given({ models, candidates, horizon, discount, start, actions, inputs, targets }: Problem): object {
  return {
    ...{ D, A, C: candidates, H: horizon, discount, scale: STEP_SCALE, bound: BOUND },
    ...{ start: encode(start), actions: encode(actions), inputs: encode(inputs) },
    ...{ targets: encode(targets), batch: BATCH, width: WIDTH, adam: ADAM },
    models: models.map(({ weights, biases, widths }) =>
      weights.map((weight, l) => [encode(weight), encode(biases[l]), widths[l + 1], widths[l]]),
    ),
  };
}
