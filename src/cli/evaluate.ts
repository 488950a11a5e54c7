import type { CAC } from "cac";
import type { Agent } from "../agent/interface.ts";
import type { Environment } from "../environments/environment.ts";
import type { Evaluation } from "../loop/evaluate.ts";
import type { RunConfig } from "../runs/config.ts";
import { median } from "../runs/curve.ts";
import { readAgent, readConfig, runFiles } from "../runs/run.ts";
import { type Given, SEEDS, wholeNumber } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { amount, commands, count, counted, figures, rows, shellWord } from "./format.ts";
import { named } from "./named.ts";
import { createProgress } from "./progress.ts";

const EPISODES = 10;
const SEED = 1000;

/** Adds `evaluate`: how well the agent of a run does, without learning or exploring. */
export function addEvaluate(cli: CAC, context: Context): void {
  cli
    .command("evaluate <run>", "Measure the agent of a run folder, without learning or exploring")
    .usage("evaluate <run> [options]")
    .option("--episodes <n>", `Episodes to run (default: ${EPISODES})`)
    .option("--seed <n>", `Seed of the first episode; the others follow on (default: ${SEED})`)
    .option("--habit", "Act by the learned habit alone (default: off, plan every action)")
    .option("--json", "Print one JSON object (default: off)")
    .example((name) => `  $ ${name} evaluate runs/pendulum-seed1 --episodes 100 --habit`)
    .action((folder: string, given: Given) => evaluateCommand(folder, given, context));
}

/** An agent back from its run folder, and its world. */
interface Restored {
  readonly config: RunConfig;
  readonly agent: Agent;
  readonly environment: Environment;
}

async function evaluateCommand(folder: string, given: Given, context: Context): Promise<number> {
  const episodes = wholeNumber(given, "episodes", { minimum: 1 }) ?? EPISODES;
  const seed = wholeNumber(given, "seed", SEEDS) ?? SEED;
  const policy = given.habit === true ? "habit" : "plan";
  const restored = await restore(folder, context);
  const evaluation = await measure(restored, { episodes, seed, policy }, context);
  if (context.signal.aborted && evaluation.returns.length < episodes) {
    context.stderr.write(
      `Stopped after ${count(evaluation.returns.length)} of ${counted(episodes, "episode")}\n`,
    );
    return exitCodes.interrupted;
  }
  if (given.json === true) printJson(evaluation, context);
  else printTable(evaluation, { folder, seed, config: restored.config }, context);
  return exitCodes.done;
}

async function restore(folder: string, { library }: Context): Promise<Restored> {
  const config = readConfig(folder);
  const bytes = readAgent(folder);
  const files = runFiles(folder);
  const environment = await named(files.config, library.createEnvironment(config.task));
  const agent = await named(files.agent, library.loadAgent(bytes));
  return { config, agent, environment };
}

async function measure(
  { agent, environment }: Restored,
  options: { readonly episodes: number; readonly seed: number; readonly policy: "plan" | "habit" },
  { library, stderr, signal }: Context,
): Promise<Evaluation> {
  const progress = createProgress(stderr, options.episodes);
  const onEpisode = (episode: number, value: number) =>
    progress.update(episode, () => `return ${amount(value)}`);
  try {
    return await library.evaluate(agent, environment, { ...options, signal, onEpisode });
  } finally {
    progress.stop();
  }
}

function printJson(evaluation: Evaluation, { stdout }: Context): void {
  const { meanReturn, standardError, returns, microsecondsPerAction, policy } = evaluation;
  stdout.write(`${JSON.stringify({ meanReturn, standardError, returns, microsecondsPerAction, policy })}\n`);
}

function printTable(
  { policy, returns, meanReturn, standardError, microsecondsPerAction }: Evaluation,
  { folder, seed, config }: { readonly folder: string; readonly seed: number; readonly config: RunConfig },
  { stdout, program }: Context,
): void {
  const isPlan = policy === "plan";
  stdout.write(
    `\n${config.task}, ${isPlan ? "planning every action" : "the habit alone, no planning"}\n\n` +
      rows([
        ["episodes", `${count(returns.length)}, seeds ${seed} to ${seed + returns.length - 1}`],
        ["mean return", `${amount(meanReturn)} ± ${amount(standardError)}`],
        ["median", amount(median(returns))],
        ["lowest, highest", `${amount(Math.min(...returns))}, ${amount(Math.max(...returns))}`],
        ["one action", `${figures(microsecondsPerAction)} µs`],
      ]),
  );
  const other = `${program} evaluate ${shellWord(folder)}${isPlan ? " --habit" : ""}`;
  stdout.write(
    `\nNext:\n${commands([[other, isPlan ? "act by the learned habit alone" : "act by planning"]])}`,
  );
}
