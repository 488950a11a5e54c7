import type { CAC } from "cac";
import type { RunConfig } from "../runs/config.ts";
import { createJournal } from "../runs/journal.ts";
import { keepRun } from "../runs/keep.ts";
import type { LoggedEpisode } from "../runs/log.ts";
import { createNextRun, createRun } from "../runs/run.ts";
import { createStopwatch } from "../runs/stopwatch.ts";
import { summarise } from "../runs/summary.ts";
import { createEventFile, type EventFile } from "../runs/tensorboard.ts";
import { type Given, realNumber, SEEDS, textOption, wholeNumber } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { defaultFolder, defaultModel, defaultSteps } from "./defaults.ts";
import { amount, count, duration, figures } from "./format.ts";
import { createNews } from "./news.ts";
import { addOptionFlags, optionsFrom } from "./optionFlags.ts";
import { createPace, type Pace } from "./pace.ts";
import { createProgress } from "./progress.ts";
import { resumeTraining } from "./resume.ts";
import {
  type Begun,
  buildFor,
  hostOptions,
  type Listener,
  stopWith,
  type Training,
  worldOf,
} from "./training.ts";
import { printTraining } from "./trainingReport.ts";
import { version } from "./version.ts";

/** Seconds between two checkpoints. */
const INTERVAL = 30;
const SEED = 1;

/** Adds `train`: learn a built-in environment from nothing and keep the run, or go on with one. */
export function addTrain(cli: CAC, context: Context): void {
  const command = cli
    .command("train [environment]", "Learn an environment from nothing; Ctrl-C keeps what was learned")
    .usage("train <environment> [options], or train --resume <run>")
    .option("--seed <n>", `Seed of everything random (default: ${SEED})`)
    .option("--steps <n>", "Environment steps to learn from (default: see environments)")
    .option("--out <folder>", "New folder for the run (default: runs/<environment>-seed<n>)")
    .option("--resume <run>", "Go on with a run folder from its last checkpoint (default: a new run)")
    .option("--checkpoint <seconds>", `Time between two checkpoints (default: ${INTERVAL})`)
    .option(
      "--threads <n>",
      "Threads that share the plans; the results are the same (default: 2, or 1 on one core)",
    )
    .option("--fast", "Run on kernels that are faster, with last bits of this machine's own (default: off)")
    .option("--tensorboard", "Write event files for TensorBoard into the run's folder (default: off)")
    .option("--json", `Print an object per episode, then {"summary": …} (default: off)`)
    .example((name) => `  $ ${name} train pendulum --seed 3`)
    .example((name) => `  $ ${name} train --resume runs/pendulum-seed3 --steps 5000`)
    .example((name) => `  $ ${name} train mountain-car-continuous --curiosity 0 --out runs/indifferent`)
    .action((task: string | undefined, given: Given) => trainCommand(task, given, context));
  addOptionFlags(command);
}

async function trainCommand(task: string | undefined, given: Given, context: Context): Promise<number> {
  const interval = 1000 * (realNumber(given, "checkpoint", { minimum: 0, maximum: 3600 }) ?? INTERVAL);
  const begun =
    given.resume === undefined
      ? await beginTraining(task, given, context)
      : await resumeTraining(task, given, context);
  const { config, folder, before, training } = begun;
  const began = performance.now();
  const episodes: LoggedEpisode[] = [...before];
  const learning = {
    ...{ config, episodes, interval, isJson: given.json === true },
    ...{ events: given.tensorboard === true ? createEventFile(folder) : undefined },
  };
  if (training !== undefined) await learn(training, learning, context);
  const taken = episodes.at(-1)?.steps ?? 0;
  const summary = summarise(episodes, (performance.now() - began) / 1000, begun.stepsBefore);
  const isInterrupted = context.signal.aborted && taken < config.steps;
  if (given.json) {
    const { task, seed } = config;
    const record = { run: folder, task, seed, ...summary, interrupted: isInterrupted };
    context.stdout.write(`${JSON.stringify({ summary: record })}\n`);
  } else printTraining({ folder, config, episodes, summary, isInterrupted }, context);
  return isInterrupted ? exitCodes.interrupted : exitCodes.done;
}

async function beginTraining(task: string | undefined, given: Given, context: Context): Promise<Begun> {
  if (task === undefined) throw new RangeError("train: expected <environment>, got none");
  const { library, stderr } = context;
  const seed = wholeNumber(given, "seed", SEEDS) ?? SEED;
  const steps = wholeNumber(given, "steps", { minimum: 1 }) ?? defaultSteps(task);
  const folder = textOption(given, "out");
  const environment = await library.createEnvironment(task);
  const model = defaultModel(library, task);
  const build = await buildFor(given, context);
  const host = hostOptions(given, context, { build });
  const agent = await library.createAgent(environment, {
    model,
    ...optionsFrom(given, model),
    seed,
    ...host,
  });
  const started = new Date().toISOString();
  const config: RunConfig = { version, task, seed, steps, options: agent.options, started, build };
  const writer =
    folder === undefined ? createNextRun(defaultFolder(task, seed), config) : createRun(folder, config);
  stderr.write(`Learning ${task} for ${count(steps)} steps, seed ${seed}, into ${writer.folder}\n`);
  const journal = createJournal(config);
  const stopwatch = createStopwatch();
  const world = worldOf(environment, { journal: () => journal, stopwatch, agent: () => agent });
  const stop = stopWith(context.signal);
  const listener: Listener = { call() {} };
  const onStep = (step: { readonly steps: number }) => listener.call(step.steps);
  const run = library.train(agent, world, { steps, seed, signal: stop.signal, onStep });
  return {
    ...{ config, folder: writer.folder, before: [], stepsBefore: 0 },
    training: { run, stop, journal, writer, stopwatch, isKept: false, steps: listener },
  };
}

/** Settings of a training from the command line, and where its episodes are written. */
interface Learning {
  readonly config: RunConfig;
  readonly episodes: LoggedEpisode[];
  /** Milliseconds between two checkpoints. */
  readonly interval: number;
  readonly isJson: boolean;
  readonly events: EventFile | undefined;
}

/** Runs the EM loop to its end or to a Ctrl-C, and keeps its log and agent as it goes. */
async function learn(
  training: Training,
  { config, episodes, interval, isJson, events }: Learning,
  { stdout, stderr }: Context,
): Promise<void> {
  const progress = createProgress(stderr, config.steps);
  const pace = createPace(config.steps);
  const news = createNews();
  training.steps.call = (taken) => {
    const now = pace(taken);
    progress.update(taken, () => progressWords(episodes, now));
  };
  const onEpisode = (line: LoggedEpisode) => {
    episodes.push(line);
    events?.add(line);
    for (const sentence of news(line)) progress.note(sentence);
    if (isJson) stdout.write(`${JSON.stringify(line)}\n`);
  };
  const warn = (sentence: string) => void stderr.write(`warning: ${sentence}\n`);
  try {
    await keepRun(training, {
      interval,
      isKept: training.isKept,
      onEpisode,
      warn,
      onKept: () => events?.flush(),
    });
  } finally {
    progress.stop();
    training.run.agent.close();
    training.writer.close();
  }
}

/** The progress line: how the last episode went. */
function progressWords(episodes: readonly LoggedEpisode[], { stepsPerSecond, secondsLeft }: Pace): string {
  const last = episodes.at(-1);
  return [
    `episode ${episodes.length}`,
    `return ${amount(last?.return)}`,
    `model error ${figures(last?.modelError)}`,
    `${count(stepsPerSecond)} steps/s`,
    `${duration(secondsLeft)} left`,
  ].join(" · ");
}
