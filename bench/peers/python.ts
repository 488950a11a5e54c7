/** Python's libraries, each in a process of its own, one thread; they take their own times, so that no pipe is measured. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  A,
  ADAM,
  BATCH,
  BOUND,
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
/** What keeps the libraries, and the products that they call, to vectors of 256 bits; NumPy's features by their names before 2.4, too. */
const AVX2 = {
  OPENBLAS_CORETYPE: "Haswell",
  NPY_DISABLE_CPU_FEATURES: "X86_V4 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR",
  ATEN_CPU_CAPABILITY: "avx2",
  ONEDNN_MAX_CPU_ISA: "AVX2",
};
const encode = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

/** A peer that tells how long one of `calls` calls took, in µs. */
export interface TimedPeer extends Peer {
  timed(work: Work, calls: number): Promise<{ readonly time: number; readonly data: Float32Array }>;
}

/**
 * @param usesAvx2 whether processors with wider vectors than 256 bits shall do without
 * @throws Error when there is no Python with the library
 */
export async function createPython(
  library: "numpy" | "torch",
  problem: Problem,
  usesAvx2: boolean,
): Promise<TimedPeer> {
  const ask = startPeer(pythonWith(library), library, usesAvx2 ? AVX2 : {});
  const answerOf = async (request: Request) => {
    const { time, data } = await ask.next(request);
    return { time, data: new Float32Array(Uint8Array.from(Buffer.from(data, "base64")).buffer) };
  };
  const once = async (work: Work, noise: boolean) => (await answerOf(requestOf(work, noise, 1))).data;
  const { version } = await ask.next(given(problem));
  return {
    name: `${library} ${version}${usesAvx2 ? ", AVX2" : ""}`,
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
function startPeer(python: string, library: string, variables: Readonly<Record<string, string>>) {
  const script = fileURLToPath(new URL(`./${library}_peer.py`, import.meta.url));
  const child = spawn(python, ["-B", script], { env: { ...process.env, ...ONE_THREAD, ...variables } });
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
