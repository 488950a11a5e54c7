import type { CAC } from "cac";
import { momentOf, stepsAsked } from "../runs/checkpoint.ts";
import type { RunConfig } from "../runs/config.ts";
import { createJournal } from "../runs/journal.ts";
import { readAgent, readConfig, readLog, runFiles } from "../runs/run.ts";
import { createStopwatch } from "../runs/stopwatch.ts";
import { type Claims, type Verdict, verifyRun } from "../runs/verify.ts";
import type { Given } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { amount, count, counted, duration } from "./format.ts";
import { named } from "./named.ts";
import { createPace } from "./pace.ts";
import { createProgress } from "./progress.ts";
import { hostOptions, stopWith, worldOf } from "./training.ts";
import { version } from "./version.ts";

/** Adds `verify`: whether a run is what its configuration leads to. */
export function addVerify(cli: CAC, context: Context): void {
  cli
    .command(
      "verify <run>",
      "Train a run anew and compare every episode: the same bits, or the first that differs",
    )
    .usage("verify <run> [options]")
    .option(
      "--threads <n>",
      "Threads that share the plans; the results are the same (default: 2, or 1 on one core)",
    )
    .option("--json", "Print one JSON object (default: off)")
    .example((name) => `  $ ${name} verify runs/pendulum-seed1`)
    .action((folder: string, given: Given) => verifyCommand(folder, given, context));
}

async function verifyCommand(folder: string, given: Given, context: Context): Promise<number> {
  const config = readConfig(folder);
  expectComparable(config, folder);
  const claims = readClaims(folder, context);
  const began = performance.now();
  const verdict = await trainAnew(config, claims, { folder, given }, context);
  const seconds = (performance.now() - began) / 1000;
  if (verdict.isStopped) {
    context.stderr.write(
      `Stopped after ${counted(verdict.episodes, "episode")} that are the same, of ${count(claims.episodes.length)}\n`,
    );
    return exitCodes.interrupted;
  }
  const fault = faultOf(verdict, folder);
  if (given.json === true) {
    const { steps, episodes, differs, isSameAgent = null } = verdict;
    const record = { run: folder, same: fault === undefined, episodes, steps, seconds };
    const first = differs && { differs: differs.logged.episode };
    context.stdout.write(`${JSON.stringify({ ...record, agent: isSameAgent, ...first })}\n`);
    if (fault !== undefined) context.stderr.write(`error: ${fault}\n`);
    return fault === undefined ? exitCodes.done : exitCodes.failed;
  }
  if (fault !== undefined) throw new Error(fault);
  const parts = [counted(verdict.episodes, "episode"), counted(verdict.steps, "step")];
  if (verdict.isSameAgent) parts.push("the agent");
  context.stdout.write(
    `Checked ${config.task}, seed ${config.seed}, in ${duration(seconds)}: the same bits in ${inWords(parts)}\n`,
  );
  return exitCodes.done;
}

function inWords(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** @throws Error when the run's bits are not those of this program */
function expectComparable({ build = "exact", version: own }: RunConfig, folder: string): void {
  const { config } = runFiles(folder);
  if (build !== "exact")
    throw new Error(
      `${config}: build: expected exact, got ${build}: its last bits are those of the machine that trained it, so that nobody can train it anew`,
    );
  if (own !== version)
    throw new Error(
      `${config}: version: expected ${version}, got ${own}: other versions may give other bits; verify it by that one`,
    );
}

interface Asked extends Claims {
  readonly asked: number | undefined;
}

/** @throws Error when log or agent cannot be read, or nothing is claimed. @returns with the steps that were asked for, where they are known */
function readClaims(folder: string, { stderr }: Context): Asked {
  const { log, agent } = runFiles(folder);
  const { episodes, warning } = readLog(folder);
  if (warning !== undefined) stderr.write(`warning: ${warning}\n`);
  const unchained = episodes.findIndex(({ chain }) => chain === undefined);
  if (unchained >= 0) throw new Error(`${log}: line ${unchained + 1}: chain: expected a hash, got none`);
  let bytes: Uint8Array | undefined;
  try {
    bytes = readAgent(folder);
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException)?.code !== "ENOENT") throw error;
    stderr.write(`warning: ${agent}: nothing there; the episodes alone are compared\n`);
  }
  if (episodes.length === 0 && bytes === undefined)
    throw new Error(`${log}: expected one episode or more, got none`);
  try {
    if (bytes === undefined) return { episodes, agent: undefined, asked: undefined };
    return { episodes, agent: { bytes, moment: momentOf(bytes) }, asked: stepsAsked(bytes) };
  } catch (error) {
    throw new Error(`${agent}: ${(error as Error).message}`, { cause: error });
  }
}

async function trainAnew(
  config: RunConfig,
  claims: Asked,
  { folder, given }: { readonly folder: string; readonly given: Given },
  context: Context,
): Promise<Verdict> {
  const { library, stderr, signal } = context;
  const { task, seed, options } = config;
  const path = runFiles(folder).config;
  const environment = await named(path, library.createEnvironment(task));
  const host = hostOptions(given, context);
  const agent = await named(path, library.createAgent(environment, { ...options, ...host }));
  const journal = createJournal(config);
  const world = worldOf(environment, {
    journal: () => journal,
    stopwatch: createStopwatch(),
    agent: () => agent,
  });
  const last = Math.max(claims.episodes.at(-1)?.steps ?? 0, claims.agent?.moment.steps ?? 0);
  // the agent's file says what was asked for when it was written
  const steps = Math.max(claims.asked ?? config.steps, last);
  const progress = createProgress(stderr, last);
  const pace = createPace(last);
  const stop = stopWith(signal);
  const onStep = ({ steps: taken }: { readonly steps: number }) => {
    const { secondsLeft } = pace(taken);
    progress.update(taken, () => `the same bits so far · ${duration(secondsLeft)} left`);
  };
  try {
    const run = library.train(agent, world, { steps, seed, signal: stop.signal, onStep });
    return await verifyRun({ run, journal, stop }, claims);
  } finally {
    progress.stop();
    agent.close();
  }
}

/** What is not the same, in a sentence. */
function faultOf({ differs, isSameAgent, steps }: Verdict, folder: string): string | undefined {
  const { log, agent } = runFiles(folder);
  if (differs !== undefined) {
    const { logged, trained } = differs;
    const what =
      trained === undefined ? "none" : `return ${amount(trained.return)} at step ${count(trained.steps)}`;
    const got = `return ${amount(logged.return)} at step ${count(logged.steps)}`;
    const bits = what === got ? ", with other bits" : "";
    return `${log}: episode ${logged.episode}: expected ${what}, as trained anew, got ${got}${bits}`;
  }
  if (isSameAgent === false)
    return `${agent}: expected the agent after ${counted(steps, "step")}, as trained anew, got one with other bits`;
  return undefined;
}
