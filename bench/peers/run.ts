/**
 * `npm run bench:peers [-- --json] [-- --rounds N] [-- --only plan] [-- --build relaxed|paired] [-- --avx2]`: the same
 * work by other libraries, in turns, one thread each, after their answers were compared with the kernels'. `--build` takes one of
 * the packed builds, `paired` with Node's --experimental-wasm-revectorize; `--avx2` keeps Python's libraries to vectors of 256
 * bits on processors with wider ones.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createFastestPeak } from "../../src/bench/peak.ts";
import { engine, processor } from "../../src/cli/machine.ts";
import { wholeNumber } from "../wholeNumber.ts";
import { installPeers } from "./folder.ts";
import { BATCH, call, type Peer, type Problem, rowsOf, WORKS, type Work } from "./peer.ts";
import { createProblem } from "./problem.ts";
import { createPython, type TimedPeer } from "./python.ts";
import { difference, markdown, median, type Row, rowOf } from "./table.ts";

/** Largest difference of answers: 20 steps of f32 in another order of sums, and other exp and tanh. */
const TOLERANCE = 1e-3;
/** Milliseconds of a work's calls in a round. */
const ROUND_TIME = 5;
/** Steps of training before the answers are compared. */
const TRAINED_STEPS = 3;
const PEAK_CALLS = 50;
const PAIRING = "--experimental-wasm-revectorize";
const OPERATIONS = 2 * (16 * 128 + 128 * 128 + 128 * 24);

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "7" },
    only: { type: "string", multiple: true },
    build: { type: "string" },
    avx2: { type: "boolean", default: false },
  },
});
const works = WORKS.filter((work) => values.only?.some((part) => work.includes(part)) ?? true);
const rounds = wholeNumber("rounds", values.rounds);

const { problem, ours, typescript, fromOurs } = await createProblem(
  values.build === undefined ? {} : { module: kernelsOf(values.build) },
);
const say = (text: string) => (values.json ? process.stderr : process.stdout).write(`${text}\n`);
const missing: string[] = [];
const peers = [typescript, ...(await createPeers(problem))];
const trainedHeads = fromOurs(await headsAfterTraining(ours), BATCH);
if (values.build === "paired" && !process.execArgv.includes(PAIRING))
  console.error(`--build paired: is the fastest with node ${PAIRING} alone`);
await expectEqualAnswers(true);

const peak = await createFastestPeak(undefined, { isFused: values.build !== undefined });
for (let i = 0; i < 20 * PEAK_CALLS; i++) peak.run();
const rows: Row[] = [];
const build = values.build ?? "inlined";
say(
  `${processor()}, ${engine()}, ${build} kernels; p50 of processor time, one thread each, ${rounds} rounds in turns`,
);
for (const work of works) await measure(work);
// once more, by what the engine has compiled by now; each has trained for as long as it was measured
await expectEqualAnswers(false);
for (const peer of peers) peer.close?.();
if (!values.json) console.log(`\n${markdown(rows, works)}`);
for (const reason of missing) say(`not available: ${reason}`);

/** @throws Error when there is no such build, or the engine knows no relaxed SIMD */
function kernelsOf(build: string): Uint8Array {
  if (!["relaxed", "paired"].includes(build))
    throw new RangeError(`--build: expected relaxed or paired, got ${build}`);
  const bytes = readFileSync(new URL(`../../dist/core.${build}.wasm`, import.meta.url));
  if (!WebAssembly.validate(bytes)) throw new Error(`--build: expected relaxed SIMD, got ${engine()}`);
  return bytes;
}

async function createPeers(problem: Problem): Promise<Peer[]> {
  const found: Peer[] = [];
  const creators: Record<string, () => Promise<Peer>> = {
    tfjs: async () => {
      installPeers("@tensorflow/tfjs-core@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0");
      return (await import("./tfjs.ts")).createTfjs(problem);
    },
    "onnxruntime-web": async () => {
      installPeers("onnxruntime-web@1.30.0");
      return (await import("./onnxruntime.ts")).createOnnxruntime(problem);
    },
    "jax-js": async () => {
      installPeers("@jax-js/jax@0.1.25");
      return (await import("./jax.ts")).createJax(problem);
    },
    numpy: () => createPython("numpy", problem, values.avx2),
    torch: () => createPython("torch", problem, values.avx2),
  };
  for (const [name, create] of Object.entries(creators))
    try {
      found.push(await create());
    } catch (error) {
      missing.push(`${name} (${(error as Error).message.split("\n")[0]})`);
    }
  return found;
}

/** Ends the program where a peer does other work than the kernels. */
async function expectEqualAnswers(trains: boolean): Promise<void> {
  const wrong: string[] = [];
  for (const peer of peers) wrong.push(...(await compareAnswers(peer, trains)));
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) process.exit(1);
}

/** Where a peer does other work than the kernels, in sentences. */
async function compareAnswers(peer: Peer, trains: boolean): Promise<string[]> {
  const errors: Record<string, number> = {};
  for (const count of [1, 32, 1024]) {
    const heads = await ours.forward(count);
    const expected = count === 1 ? heads : fromOurs(heads, count);
    errors[`heads of ${count} rows`] = difference(await peer.forward(count), expected);
  }
  // the plan of plain TypeScript is compared in test/bench/baseline/planner.test.ts
  if (peer !== typescript) errors.returns = difference(await peer.plan(false), await ours.plan(false));
  if (trains && peer.train !== undefined)
    errors[`heads after ${TRAINED_STEPS} training steps`] = difference(
      await headsAfterTraining(peer),
      trainedHeads,
    );
  return Object.entries(errors)
    .filter(([, error]) => !(error < TOLERANCE))
    .map(([what, error]) => `${peer.name}: expected our ${what}, got some ${error.toPrecision(2)} apart`);
}

async function headsAfterTraining(peer: Peer): Promise<Float32Array> {
  for (let step = 0; step < TRAINED_STEPS; step++) await call(peer, "train");
  return call(peer, "train");
}

async function measure(work: Work): Promise<void> {
  const able = peers.filter((peer) => work !== "train" || peer.train !== undefined);
  const times = new Map<Peer, number[]>([ours, ...able].map((peer) => [peer, []]));
  const peaks: number[] = [];
  const calls = new Map<Peer, number>();
  for (const peer of times.keys()) {
    const first = await timeOf(peer, work, 1);
    const many = Math.max(1, Math.round((20_000 * ROUND_TIME) / first));
    const warm = await timeOf(peer, work, many);
    calls.set(peer, Math.max(1, Math.round((1000 * ROUND_TIME) / warm)));
  }
  for (let round = 0; round < rounds; round++) {
    const start = processorTime();
    for (let i = 0; i < PEAK_CALLS; i++) peak.run();
    peaks.push((PEAK_CALLS * peak.operations) / (processorTime() - start) / 1000);
    for (const [peer, all] of times) all.push(await timeOf(peer, work, calls.get(peer) ?? 1));
  }
  const own = times.get(ours) ?? [];
  const peakShare = (passesOf(work) * OPERATIONS) / median(own) / 1000 / median(peaks);
  say(`${work}: ${(100 * peakShare).toFixed(0)} % of the in-run peak of ${median(peaks).toFixed(1)} GFLOP/s`);
  for (const peer of able) {
    const row = rowOf(work, peer.name, times.get(peer) ?? [], own);
    rows.push(row);
    if (values.json)
      console.log(JSON.stringify({ ...row, build, engine: engine(), cpu: processor(), peakShare }));
  }
}

/** Rows that a work sends through the network; a backward pass is two forward ones. */
function passesOf(work: Work): number {
  if (work === "plan") return 5 * problem.candidates * problem.horizon;
  return work === "train" ? 3 * BATCH : rowsOf(work);
}

/** Microseconds that this process has computed: what else the machine does is not counted. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Microseconds of one of `calls` calls. */
async function timeOf(peer: Peer | TimedPeer, work: Work, calls: number): Promise<number> {
  if ("timed" in peer) return (await peer.timed(work, calls)).time;
  const start = processorTime();
  for (let i = 0; i < calls; i++) {
    const answer = call(peer, work);
    if (answer instanceof Promise) await answer;
  }
  return (processorTime() - start) / calls;
}
