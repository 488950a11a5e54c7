import { OPTIONS } from "../agent/options.ts";
import type { Run } from "../loop/run.ts";
import { type Moment, momentOf } from "../runs/checkpoint.ts";
import type { RunConfig } from "../runs/config.ts";
import { readBytes } from "../runs/files.ts";
import { createJournal } from "../runs/journal.ts";
import { type OpenedRun, openRun, runFiles, writeConfig } from "../runs/run.ts";
import { createStopwatch } from "../runs/stopwatch.ts";
import { flag, type Given, textOption, wholeNumber } from "./arguments.ts";
import type { Context } from "./context.ts";
import { count } from "./format.ts";
import { named } from "./named.ts";
import { type Begun, hostOptions, type Listener, stopWith, worldOf } from "./training.ts";
import { version } from "./version.ts";

/** What is the run's own. */
const OWN = ["seed", "out", "fast", ...Object.keys(OPTIONS)];

/**
 * Goes on with a run from its last checkpoint; where that is damaged, from the one before; where there is none yet, from the
 * beginning.
 *
 * @throws Error when the folder is no run, is being written, or holds no agent that can be read
 */
export async function resumeTraining(
  task: string | undefined,
  given: Given,
  context: Context,
): Promise<Begun> {
  const folder = textOption(given, "resume") ?? "";
  const foreign = OWN.find((name) => given[name] !== undefined);
  if (foreign !== undefined)
    throw new RangeError(
      `${flag(foreign)}: expected none beside --resume, since it is the run's own, got one`,
    );
  const steps = wholeNumber(given, "steps", { minimum: 1 });
  const opened = openRun(folder);
  try {
    const { config } = opened;
    if (task !== undefined && task !== config.task)
      throw new RangeError(`train: expected the run's environment, ${config.task}, got ${task}`);
    return await goOn(opened, { folder, given, steps: steps ?? config.steps }, context);
  } catch (error) {
    opened.close();
    throw error;
  }
}

async function goOn(
  opened: OpenedRun,
  { folder, given, steps }: { readonly folder: string; readonly given: Given; readonly steps: number },
  context: Context,
): Promise<Begun> {
  const { library, stderr, signal } = context;
  const warn = (sentence: string) => void stderr.write(`warning: ${sentence}\n`);
  const config = { ...opened.config, steps };
  const environment = await named(runFiles(folder).config, library.createEnvironment(config.task));
  await expectKernels(config, folder, context);
  if (config.version !== version)
    warn(`${folder}: trained by version ${config.version}, goes on by ${version}; the bits may differ`);
  const stop = stopWith(signal);
  const stopwatch = createStopwatch();
  const listener: Listener = { call() {} };
  // both are known once the run is read
  let journal = createJournal(config);
  let run: Run | undefined;
  const agent = () => (run as Run).agent;
  const world = worldOf(environment, { journal: () => journal, stopwatch, agent });
  const options = {
    ...{
      steps,
      signal: stop.signal,
      onStep: (step: { readonly steps: number }) => listener.call(step.steps),
    },
    ...hostOptions(given, context, config),
  };
  const found = await findCheckpoint(opened, warn, (bytes) => library.resume(bytes, world, options));
  if (found === undefined) {
    warn(`${folder}: no checkpoint yet; the run begins anew`);
    const { threads, fast, ...training } = options;
    const made = await named(
      runFiles(folder).config,
      library.createAgent(environment, {
        ...config.options,
        ...(threads && { threads }),
        ...(fast && { fast }),
      }),
    );
    run = library.train(made, world, { ...training, seed: config.seed });
  } else run = found.run;
  const moment = found?.moment;
  journal = createJournal(config, moment);
  const taken = run.steps;
  const isOver = taken >= steps;
  const { writer, episodes, warning } = opened.goOn(moment);
  if (warning !== undefined) warn(warning);
  if (steps !== opened.config.steps && !isOver) writeConfig(folder, config);
  stderr.write(
    isOver
      ? `Learned ${config.task} for ${count(taken)} of ${count(steps)} steps already, in ${folder}\n`
      : `Going on with ${config.task} from step ${count(taken)} to ${count(steps)}, seed ${config.seed}, in ${folder}\n`,
  );
  const begun = { config, folder, before: episodes, stepsBefore: taken };
  if (!isOver)
    return {
      ...begun,
      training: { run, stop, journal, writer, stopwatch, isKept: moment !== undefined, steps: listener },
    };
  run.agent.close();
  writer.close();
  return { ...begun, training: undefined };
}

/** @throws Error when the run is one of fast kernels, and this engine has none */
async function expectKernels({ build }: RunConfig, folder: string, { library }: Context): Promise<void> {
  if (build === "fast" && (await library.fastKernels()) === undefined)
    throw new Error(
      `${runFiles(folder).config}: build: expected an engine that takes the fast kernels it was trained on (Node 22 or later), got another`,
    );
}

/** The newest checkpoint that can be read; undefined where there is none at all. @throws Error when none of them can */
async function findCheckpoint(
  { checkpoints }: OpenedRun,
  warn: (sentence: string) => void,
  load: (bytes: Uint8Array) => Promise<Run>,
): Promise<{ readonly run: Run; readonly moment: Moment } | undefined> {
  const failures: Error[] = [];
  for (const path of checkpoints)
    try {
      const bytes = readBytes(path);
      const moment = await named(
        path,
        Promise.resolve().then(() => momentOf(bytes)),
      );
      const run = await named(path, load(bytes));
      for (const { message } of failures) warn(`${message}; the run goes on from the checkpoint before`);
      return { run, moment };
    } catch (error) {
      failures.push(error as Error);
    }
  const damaged = failures.filter(({ cause }) => (cause as NodeJS.ErrnoException)?.code !== "ENOENT");
  if (damaged.length > 0) throw damaged[0];
  return undefined;
}
