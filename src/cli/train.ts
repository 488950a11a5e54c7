import type { CAC } from "cac";
import type { Agent } from "../agent/interface.ts";
import type { Environment } from "../environments/environment.ts";
import type { EpisodeReport } from "../loop/report.ts";
import type { RunConfig } from "../runs/config.ts";
import { createNextRun, createRun, type Run } from "../runs/run.ts";
import { summarise } from "../runs/summary.ts";
import { type Given, SEEDS, textOption, wholeNumber } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { defaultFolder, defaultModel, defaultSteps } from "./defaults.ts";
import { amount, count, duration, figures } from "./format.ts";
import { addOptionFlags, optionsFrom } from "./optionFlags.ts";
import { createPace, type Pace } from "./pace.ts";
import { createProgress } from "./progress.ts";
import { printTraining } from "./trainingReport.ts";
import { version } from "./version.ts";

/** Milliseconds between two saves of the agent while it learns. */
const SAVE_INTERVAL = 30_000;
const SEED = 1;

/** Adds `train`: learn a built-in environment from nothing and keep the run. */
export function addTrain(cli: CAC, context: Context): void {
  const command = cli
    .command("train <environment>", "Learn an environment from nothing; Ctrl-C keeps what was learned")
    .usage("train <environment> [options]")
    .option("--seed <n>", `Seed of everything random (default: ${SEED})`)
    .option("--steps <n>", "Environment steps to learn from (default: see environments)")
    .option("--out <folder>", "New folder for the run (default: runs/<environment>-seed<n>)")
    .option("--json", `Print an object per episode, then {"summary": …} (default: off)`)
    .example((name) => `  $ ${name} train pendulum --seed 3`)
    .example((name) => `  $ ${name} train mountain-car-continuous --curiosity 0 --out runs/indifferent`)
    .action((task: string, given: Given) => trainCommand(task, given, context));
  addOptionFlags(command);
}

/** A training about to begin. */
interface Training {
  readonly agent: Agent;
  readonly environment: Environment;
  readonly run: Run;
  readonly config: RunConfig;
}

async function trainCommand(task: string, given: Given, context: Context): Promise<number> {
  const training = await beginTraining(task, given, context);
  const { config, run } = training;
  const began = performance.now();
  context.stderr.write(
    `Learning ${task} for ${count(config.steps)} steps, seed ${config.seed}, into ${run.folder}\n`,
  );
  const episodes = await learn(training, given.json === true, context);
  const summary = summarise(episodes, (performance.now() - began) / 1000);
  const isInterrupted = context.signal.aborted && summary.steps < config.steps;
  if (given.json) {
    const { task, seed } = config;
    const record = { run: run.folder, task, seed, ...summary, interrupted: isInterrupted };
    context.stdout.write(`${JSON.stringify({ summary: record })}\n`);
  } else printTraining({ folder: run.folder, config, episodes, summary, isInterrupted }, context);
  return isInterrupted ? exitCodes.interrupted : exitCodes.done;
}

async function beginTraining(task: string, given: Given, { library }: Context): Promise<Training> {
  const seed = wholeNumber(given, "seed", SEEDS) ?? SEED;
  const steps = wholeNumber(given, "steps", { minimum: 1 }) ?? defaultSteps(task);
  const folder = textOption(given, "out");
  const environment = await library.createEnvironment(task);
  const model = defaultModel(library, task);
  const agent = await library.createAgent(environment, { model, ...optionsFrom(given, model), seed });
  const started = new Date().toISOString();
  const config = { version, task, seed, steps, options: agent.options, started };
  const run =
    folder === undefined ? createNextRun(defaultFolder(task, seed), config) : createRun(folder, config);
  return { agent, environment, run, config };
}

/** Runs the EM loop to its end or to a Ctrl-C, and keeps its log and agent as it goes. */
async function learn(training: Training, isJson: boolean, context: Context) {
  const { agent, environment, run, config } = training;
  const episodes: EpisodeReport[] = [];
  const progress = createProgress(context.stderr, config.steps);
  const pace = createPace(config.steps);
  const onStep = (steps: number) => {
    const now = pace(steps);
    progress.update(steps, () => progressWords(episodes, now));
  };
  let saved = performance.now();
  try {
    const { steps, seed } = config;
    for await (const report of context.library.train(agent, environment, {
      steps,
      seed,
      signal: context.signal,
      onStep,
    })) {
      episodes.push(report);
      run.append(report);
      if (isJson) context.stdout.write(`${JSON.stringify(report)}\n`);
      if (performance.now() - saved < SAVE_INTERVAL) continue;
      run.saveAgent(agent.save());
      saved = performance.now();
    }
  } finally {
    progress.stop();
  }
  run.saveAgent(agent.save());
  return episodes;
}

/** The progress line: how the last episode went. */
function progressWords(episodes: readonly EpisodeReport[], { stepsPerSecond, secondsLeft }: Pace): string {
  const last = episodes.at(-1);
  return [
    `episode ${episodes.length}`,
    `return ${amount(last?.return)}`,
    `model error ${figures(last?.modelError)}`,
    `${count(stepsPerSecond)} steps/s`,
    `${duration(secondsLeft)} left`,
  ].join(" · ");
}
