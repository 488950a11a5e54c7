/**
 * `npm run reproduce -- pomdp [--only PROBLEM …] [--files FOLDER] [--variants V …] [--episodes N] [--seconds S] [--rounds R] [--folder F]`: returns of
 * known models. Tables are solved offline (`../tables/run.ts`), some of them from files where `--files` says that they are; models in functions
 * are planned in, after practice. Episodes are appended to F (docs/results/pomdp), one JSON line each or a hundred; those that are
 * there are not played again. What was practised is kept beside them in `.values`, which the repository ignores.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engine, processor } from "../../../src/cli/machine.ts";
import { createCore } from "../../../src/core/core.ts";
import { hasTables } from "../../../src/models/model.ts";
import { type Practised, practise } from "../../../src/pomdp.ts";
import { complain } from "../pool.ts";
import { playTable, readFile } from "../tables/run.ts";
import { tasksOf } from "../tables/tasks.ts";
import { playEpisode } from "./play.ts";
import { hasValue, planOf, type Task, tasks, VARIANTS, type Variant } from "./problems.ts";
import { episodesOf, fileOf, informationOf, returnsOf } from "./summary.ts";

/** Runs what the words ask for. @returns the exit code */
export async function runPomdp(words: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: words.filter((word) => word !== "pomdp"),
      options: {
        only: { type: "string", multiple: true },
        files: { type: "string" },
        variants: { type: "string", multiple: true, default: ["closed"] },
        episodes: { type: "string", default: "1000" },
        seconds: { type: "string", default: "Infinity" },
        rounds: { type: "string" },
        folder: { type: "string", default: "docs/results/pomdp" },
      },
    });
    const solved = tasksOf((name) => readFile(values.files, name));
    const all = [...Object.keys(solved), ...Object.keys(tasks)];
    const only = values.only ?? all.filter((name) => values.files || !solved[name]?.isFile);
    expectAmong("--only", only, all);
    expectAmong("--variants", values.variants, VARIANTS);
    mkdirSync(join(values.folder, ".values"), { recursive: true });
    const end = performance.now() + 1000 * Number(values.seconds);
    const settings = { ...values, episodes: Number(values.episodes), end };
    for (const name of only) {
      if (name in solved) await playTable(name, solved[name], settings);
      else await playFunctions(name, { ...settings, variants: values.variants as Variant[] });
    }
    for (const table of [returnsOf(values.folder, only, solved), informationOf(values.folder, only)])
      if (table !== undefined) console.log(`${table}\n`);
    console.log(`${processor()}, ${engine()}`);
    return 0;
  } catch (error) {
    return complain(error);
  }
}

function expectAmong(name: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined)
    throw new RangeError(`${name}: expected one of ${known.join("; ")}, got ${unknown}`);
}

/** Plays episodes of a model in functions, by every variant. */
async function playFunctions(
  problem: string,
  {
    folder,
    rounds,
    variants,
    episodes,
    end,
  }: {
    readonly folder: string;
    readonly rounds?: string | undefined;
    readonly variants: readonly Variant[];
    readonly episodes: number;
    readonly end: number;
  },
): Promise<void> {
  const task = tasks[problem];
  const wantsValue = variants.some(hasValue);
  const { practised, seconds } = wantsValue
    ? await practisedOf(problem, task, { folder, rounds, end })
    : { practised: undefined, seconds: 0 };
  const file = fileOf(folder, problem);
  const played = (variant: Variant) => episodesOf(file).filter((one) => one.variant === variant).length;
  const next = new Map(variants.map((variant) => [variant, played(variant)]));
  // episode by episode, so that all variants have some when the time is up
  for (let episode = Math.min(...next.values()); episode < episodes; episode++)
    for (const variant of variants) {
      if (performance.now() >= end) return;
      if (episode < (next.get(variant) ?? 0)) continue;
      const value = hasValue(variant)
        ? { practised, offlineSeconds: seconds }
        : { practised: undefined, offlineSeconds: 0 };
      const told = await playEpisode(problem, task, { variant, episode, ...value });
      appendFileSync(file, `${JSON.stringify(told)}\n`);
    }
}

/** What was practised of a problem so far, and in how many seconds; goes on until its rounds are done, or the time is up. */
async function practisedOf(
  problem: string,
  task: Task,
  {
    folder,
    rounds,
    end,
  }: { readonly folder: string; readonly rounds: string | undefined; readonly end: number },
): Promise<{ readonly practised: Practised | undefined; readonly seconds: number }> {
  const model = task.model(await createCore(), 0);
  if (task.practice === undefined || hasTables(model)) return { practised: undefined, seconds: 0 };
  const name = join(folder, ".values", problem.replaceAll(/\W+/g, ""));
  const kept = existsSync(`${name}.json`)
    ? JSON.parse(readFileSync(`${name}.json`, "utf8"))
    : { rounds: 0, seconds: 0 };
  const plan = planOf(task, "closed");
  let saved: Uint8Array | undefined =
    kept.rounds > 0 ? new Uint8Array(readFileSync(`${name}.safetensors`)) : undefined;
  const most = Number(rounds ?? task.practice.rounds);
  // a few rounds at a time, so that it can be stopped; what is remembered begins anew
  while (kept.rounds < most && performance.now() < end) {
    const start = performance.now();
    const some = Math.min(PIECE, most - kept.rounds);
    const { save } = await practise(model, {
      ...task.practice,
      ...{ plan, rounds: some, seed: 1 + kept.rounds, ...(saved && { from: saved }) },
      onRound: ({ return: mean }) =>
        process.stderr.write(`${problem}: practice, return ${mean.toFixed(2)}\n`),
    });
    saved = save();
    kept.rounds += some;
    kept.seconds += (performance.now() - start) / 1000;
    writeFileSync(`${name}.safetensors`, saved);
    writeFileSync(`${name}.json`, JSON.stringify(kept));
  }
  if (saved === undefined) return { practised: undefined, seconds: 0 };
  return {
    practised: await practise(model, { ...task.practice, plan, rounds: 0, from: saved }),
    seconds: kept.seconds,
  };
}

/** Rounds of practice between two files. */
const PIECE = 4;
