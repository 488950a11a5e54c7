import { instantiateCore } from "./core.ts";
import { denseForward } from "./dense.ts";
import { compileKernels, type KernelSource } from "./module.ts";
import { TILE } from "./tiles.ts";

/** The layer that is timed. */
const [WIDTH, TILES] = [64, 8];
/** Rounds of so many calls: engines compile what runs often anew, in the background. */
const [ROUNDS, CALLS] = [10, 80];

/**
 * The build of the kernels that this engine runs fastest, measured by a dense layer of 64 × 64 on 256 rows: about 50 ms for each
 * build. Builds that the engine does not take are passed over; where the clock stands still while code runs, as in
 * Cloudflare Workers, it is the first of the others.
 *
 * @throws RangeError when there are no sources; Error when the engine takes none of them, for the last one's reason
 */
export async function fastestModule(sources: readonly KernelSource[]): Promise<WebAssembly.Module> {
  if (sources.length === 0) throw new RangeError("sources: expected at least one build, got none");
  const compiled = await Promise.allSettled(sources.map(compileKernels));
  const modules = compiled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (modules.length === 0) throw (compiled.at(-1) as PromiseRejectedResult).reason;
  if (modules.length === 1) return modules[0];
  const trials = await Promise.all(modules.map(trialOf));
  for (let round = 0; round < ROUNDS; round++)
    for (const trial of trials) {
      trial.time = Math.min(trial.time, timeOf(trial.run));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  return trials.reduce((best, trial) => (trial.time < best.time ? trial : best)).module;
}

async function trialOf(module: WebAssembly.Module) {
  const core = await instantiateCore(module, 1 << 19);
  const sizes = { inputs: WIDTH, outputs: WIDTH, tiles: TILES };
  const [x, y] = [core.f32(WIDTH * TILES * TILE), core.f32(WIDTH * TILES * TILE)];
  const [weight, bias] = [core.f32(WIDTH * WIDTH), core.f32(WIDTH)];
  // memory that was never written shares one page of zeros, and is slower to read
  for (const array of [x, y, weight, bias]) array.fill(1);
  return { module, run: () => denseForward(core, y, x, weight, bias, sizes), time: Infinity };
}

/** Milliseconds of a round. */
function timeOf(run: () => unknown): number {
  const start = performance.now();
  for (let call = 0; call < CALLS; call++) run();
  return performance.now() - start;
}
