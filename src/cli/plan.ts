import { realpathSync } from "node:fs";
import type { CAC } from "cac";
import type { PomdpSolution } from "../inference/offline/solution.ts";
import type { PomdpEvaluation } from "../loop/evaluatePomdp.ts";
import type { PomdpModel } from "../models/pomdp/readPomdp.ts";
import { readText } from "../runs/files.ts";
import { type Given, realNumber, SEEDS, wholeNumber } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { count, counted, figures, rows } from "./format.ts";
import { createProgress } from "./progress.ts";

const ITERATIONS = 200;
const EPISODES = 1000;
const SEED = 1;

/** Adds `plan`: solves the model of a file, and plays it. */
export function addPlan(cli: CAC, context: Context): void {
  cli
    .command("plan <file>", "Solve a POMDP in Cassandra's format, and play episodes of it")
    .usage("plan <file> [options]")
    .option("--discount <x>", "Discount below 1, in place of the file's (default: the file's)")
    .option("--iterations <n>", `Trials and walks of the solver at most (default: ${ITERATIONS})`)
    .option("--tolerance <x>", "Gap between the bounds at which it counts as solved (default: 0.001)")
    .option("--episodes <n>", `Episodes to play (default: ${EPISODES})`)
    .option("--horizon <n>", "Steps of an episode at most (default: until the discount is below 1e-4)")
    .option("--seed <n>", `Seed of the episodes (default: ${SEED})`)
    .option("--json", "Print one JSON object (default: off)")
    .example((name) => `  $ ${name} plan Hallway.pomdp --episodes 200`)
    .action((file: string, given: Given) => planCommand(String(file), given, context));
}

/** What the command line asks for. */
interface Request {
  readonly discount: number | undefined;
  readonly iterations: number;
  readonly tolerance: number | undefined;
  readonly episodes: number;
  readonly horizon: number | undefined;
  readonly seed: number;
}

/** What came of it. */
interface Outcome {
  readonly file: string;
  readonly model: PomdpModel;
  readonly solution: PomdpSolution;
  readonly offlineSeconds: number;
  readonly evaluation: PomdpEvaluation;
}

async function planCommand(file: string, given: Given, context: Context): Promise<number> {
  const request: Request = {
    discount: realNumber(given, "discount", { minimum: 0, maximum: 1 }),
    iterations: wholeNumber(given, "iterations", { minimum: 0 }) ?? ITERATIONS,
    tolerance: realNumber(given, "tolerance", { minimum: 1e-12, maximum: 1e12 }),
    episodes: wholeNumber(given, "episodes", { minimum: 1 }) ?? EPISODES,
    horizon: wholeNumber(given, "horizon", { minimum: 1 }),
    seed: wholeNumber(given, "seed", SEEDS) ?? SEED,
  };
  const model = await modelOf(file, request.discount);
  const { signal, stderr } = context;
  const begun = performance.now();
  const solution = await solve(model, request, context);
  const offlineSeconds = (performance.now() - begun) / 1000;
  if (signal.aborted) {
    stderr.write(
      `Stopped after ${count(solution.iterations)} of ${counted(request.iterations, "iteration")}: the value is between ${signed(solution.lower)} and ${signed(solution.upper)}\n`,
    );
    return exitCodes.interrupted;
  }
  const evaluation = await play({ model, solution }, request, context);
  const { length } = evaluation.returns;
  if (signal.aborted && length < request.episodes) {
    stderr.write(`Stopped after ${count(length)} of ${counted(request.episodes, "episode")}\n`);
    return exitCodes.interrupted;
  }
  const outcome = { file, model, solution, offlineSeconds, evaluation };
  if (given.json === true) printJson(outcome, request, context);
  else printTable(outcome, request, context);
  return exitCodes.done;
}

/** The model of a file with a discount below 1, or an Error that begins with its path. */
async function modelOf(file: string, given: number | undefined): Promise<PomdpModel> {
  const text = readText(followed(file));
  // the reader and the solver are loaded when they are needed
  const { readPomdp } = await import("../models/pomdp/readPomdp.ts");
  try {
    const model = readPomdp(text);
    const { discount } = given === undefined ? model : { discount: given };
    if (discount < 1) return { ...model, discount };
    throw new RangeError(`discount: expected a number below 1, got ${discount}; --discount gives another`);
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Where a link leads; the path itself where nothing is. */
function followed(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function solve(
  model: PomdpModel,
  { iterations, tolerance }: Request,
  { stderr, signal }: Context,
): Promise<PomdpSolution> {
  const { solvePomdp } = await import("../inference/offline/solvePomdp.ts");
  const progress = createProgress(stderr, iterations);
  try {
    return await solvePomdp(model, {
      ...{ iterations, signal },
      ...(tolerance !== undefined && { tolerance }),
      onIteration: ({ iterations: done, lower, upper }) =>
        progress.update(done, () => `value between ${signed(lower)} and ${signed(upper)}`),
    });
  } finally {
    progress.stop();
  }
}

async function play(
  { model, solution }: Pick<Outcome, "model" | "solution">,
  { episodes, horizon, seed }: Request,
  { stderr, signal }: Context,
): Promise<PomdpEvaluation> {
  const { evaluatePomdp } = await import("../loop/evaluatePomdp.ts");
  const progress = createProgress(stderr, episodes);
  try {
    return await evaluatePomdp(model, solution, {
      ...{ episodes, seed, signal },
      ...(horizon !== undefined && { horizon }),
      onEpisode: (episode, value) => progress.update(episode, () => `return ${signed(value)}`),
    });
  } finally {
    progress.stop();
  }
}

function printJson(
  { file, model, solution, offlineSeconds, evaluation }: Outcome,
  { seed }: Request,
  { stdout }: Context,
): void {
  const { states, actions, observations, discount } = model;
  const { lower, upper, iterations } = solution;
  const { meanReturn, standardError, millisecondsPerDecision, returns } = evaluation;
  stdout.write(
    `${JSON.stringify({
      ...{ file, states, actions, observations, discount },
      ...{ lower, upper, iterations, offlineSeconds },
      ...{ seed, meanReturn, standardError, millisecondsPerDecision, returns },
    })}\n`,
  );
}

function printTable(
  { file, model, solution, offlineSeconds, evaluation }: Outcome,
  { seed }: Request,
  { stdout }: Context,
): void {
  const { meanReturn, standardError, millisecondsPerDecision, returns } = evaluation;
  stdout.write(
    `\n${file}: ${counted(model.states, "state")}, ${counted(model.actions, "action")}, ${counted(model.observations, "observation")}, discount ${model.discount}\n\n` +
      rows([
        ["offline", `${figures(offlineSeconds)} s, ${counted(solution.iterations, "iteration")}`],
        ["value proved", `between ${signed(solution.lower)} and ${signed(solution.upper)}`],
        ["episodes", `${count(returns.length)}, seed ${seed}`],
        ["discounted return", `${signed(meanReturn)} ± ${signed(standardError)}`],
        ["one decision", `${figures(millisecondsPerDecision)} ms`],
      ]),
  );
}

/** Four figures: returns of these worlds may be near 0. */
function signed(value: number): string {
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
