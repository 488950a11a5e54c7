import type { CAC } from "cac";
import type { MemoryPlan } from "../agent/memory.ts";
import { type Content, readSafetensors } from "../core/safetensors.ts";
import { type Moment, momentOf } from "../runs/checkpoint.ts";
import type { RunConfig } from "../runs/config.ts";
import { writeLink } from "../runs/link.ts";
import type { LoggedEpisode } from "../runs/log.ts";
import { readAgent, readConfig, readLog, runFiles } from "../runs/run.ts";
import { readTimings, type Timing } from "../runs/stopwatch.ts";
import { summarise } from "../runs/summary.ts";
import type { Given } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { amount, count, counted, figures, rows } from "./format.ts";
import { named } from "./named.ts";

/** Adds `inspect`: what a run was asked, what it holds and how it went. */
export function addInspect(cli: CAC, context: Context): void {
  cli
    .command("inspect <run>", "Show a run: its configuration, parameters, memory and last results")
    .usage("inspect <run> [options]")
    .option("--json", "Print one JSON object (default: off)")
    .option(
      "--link",
      "Print what to put behind the page's address, so that it trains the run anew and compares (default: off)",
    )
    .action((folder: string, given: Given) => inspectCommand(folder, given, context));
}

/** What there is to say of a run. */
interface Inspection {
  readonly config: RunConfig;
  /** Numbers in the agent's file by the part they belong to; undefined where there is none. */
  readonly parameters: Readonly<Record<string, number>> | undefined;
  readonly checkpoint: Omit<Moment, "sums"> | undefined;
  readonly memory: MemoryPlan;
  readonly episodes: number;
  readonly last: LoggedEpisode | undefined;
  readonly recentReturn: number | null;
  readonly bestReturn: number | null;
  readonly timing: Timing | undefined;
}

async function inspectCommand(folder: string, given: Given, context: Context): Promise<number> {
  if (given.link === true) {
    const [config, { episodes }] = [readConfig(folder), readLog(folder)];
    const link = async () => writeLink(config, episodes);
    context.stdout.write(`${await named(runFiles(folder).config, link())}\n`);
    return exitCodes.done;
  }
  const inspection = await inspect(folder, context);
  context.stdout.write(given.json ? `${JSON.stringify(inspection)}\n` : textOf(inspection));
  return exitCodes.done;
}

async function inspect(folder: string, { library, stderr }: Context): Promise<Inspection> {
  const files = runFiles(folder);
  const config = readConfig(folder);
  const { episodes, warning } = readLog(folder);
  if (warning !== undefined) stderr.write(`warning: ${warning}\n`);
  const environment = await named(files.config, library.createEnvironment(config.task));
  const memory = await named(files.config, library.planMemory(environment, config.options));
  const bytes = readAgentIfThere(folder);
  const read = async () => bytes && { tensors: readSafetensors(bytes).tensors, moment: momentOf(bytes) };
  const agent = await named(files.agent, Promise.resolve().then(read));
  const { recentReturn, bestReturn } = summarise(episodes, 0);
  return {
    config,
    parameters: agent && sizesOf(agent.tensors),
    checkpoint: agent && withoutSums(agent.moment),
    memory,
    episodes: episodes.length,
    last: episodes.at(-1),
    recentReturn,
    bestReturn,
    timing: readTimings(files.timings),
  };
}

function readAgentIfThere(folder: string): Uint8Array | undefined {
  try {
    return readAgent(folder);
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException)?.code === "ENOENT") return undefined;
    throw error;
  }
}

function withoutSums({ sums: _sums, ...moment }: Moment): Omit<Moment, "sums"> {
  return moment;
}

/** Numbers of each part: the first two words of an array's path. */
function sizesOf(tensors: Readonly<Record<string, Content>>): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const [path, content] of Object.entries(tensors)) {
    // a text
    if (content instanceof Uint8Array) continue;
    const part = path.split(".").slice(0, 2).join(".");
    sizes[part] = (sizes[part] ?? 0) + content.length;
  }
  return sizes;
}

function textOf({ config, parameters, checkpoint, memory, ...results }: Inspection): string {
  const { task, seed, steps, version, started, build = "exact", options } = config;
  const { episodes, last, recentReturn, bestReturn, timing } = results;
  const plans = last?.plans;
  const sections: (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      "Run",
      [
        ["environment", `${task}, seed ${seed}`],
        ["asked for", counted(steps, "step")],
        ["version", `${version}, ${build} kernels`],
        ["began", started],
      ],
    ],
    ["Options", Object.entries(options).map(([name, value]) => [name, JSON.stringify(value) ?? "–"])],
    [
      "Agent",
      checkpoint === undefined
        ? [["checkpoint", "none yet"]]
        : [
            ["checkpoint", `after ${counted(checkpoint.steps, "step")}`],
            ...Object.entries(parameters ?? {}).map(
              ([part, size]) => [part, `${count(size)} numbers`] as const,
            ),
          ],
    ],
    [
      "Memory",
      [
        ...memory.parts.map(({ name, bytes }) => [name, `${count(bytes)} bytes`] as const),
        ["all", `${count(memory.bytes)} bytes`],
      ],
    ],
    [
      "Results",
      [
        ["episodes", count(episodes)],
        ["mean return of the last ten", amount(recentReturn)],
        ["best return", amount(bestReturn)],
        ...(last === undefined ? [] : lastRows(last)),
      ],
    ],
  ];
  if (plans !== undefined)
    sections.push([
      "Plans of the last episode",
      [
        ["planned", counted(plans.planned, "step")],
        ["agreement of the habit", figures(plans.habitAgreement)],
        ["spread of scores / temperature", figures(plans.scoreSpread)],
        ["sequences that count", figures(plans.effectiveSampleSize)],
        ["particles that count", figures(plans.beliefSampleSize)],
        ["rewarding steps so far", count(plans.rewarding)],
        ["terminal steps so far", count(plans.terminal)],
      ],
    ]);
  if (timing !== undefined)
    sections.push([
      "Milliseconds a decision, last episode",
      (["acting", "world", "learning"] as const).map((name) => [name, figures(timing[name])] as const),
    ]);
  return sections.map(([title, lines]) => `${title}\n${rows(lines)}`).join("\n");
}

function lastRows({ bound, modelError }: LoggedEpisode): readonly (readonly [string, string])[] {
  const terms = Object.entries(bound ?? {}).map(
    ([name, value]) => [`bound: ${name}`, `${amount(value)} nats`] as const,
  );
  return [...terms, ["model error", `${figures(modelError)} standard deviations`]];
}
