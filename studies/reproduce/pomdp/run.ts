/**
 * `npm run reproduce -- pomdp [--only PROBLEM …] [--variants V …] [--episodes N] [--seconds S] [--rounds R] [--folder F]`: returns of known
 * models that are planned in, after practice inside them. Episodes are appended to F (docs/results/pomdp), one JSON line each; those that are
 * there are not played again. What was practised is kept beside them in `.values`, which the repository ignores.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engine, processor } from "../../../src/cli/machine.ts";
import { createCore } from "../../../src/core/core.ts";
import { type Practised, practise } from "../../../src/pomdp.ts";
import { aligned } from "../table.ts";
import { type Episode, playEpisode } from "./play.ts";
import { planOf, type Task, tasks, VARIANTS, type Variant } from "./problems.ts";

/** Runs what the words ask for. @returns the exit code */
export async function runPomdp(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: words.filter((word) => word !== "pomdp"),
    options: {
      only: { type: "string", multiple: true, default: Object.keys(tasks) },
      variants: { type: "string", multiple: true, default: [...VARIANTS] },
      episodes: { type: "string", default: "1000" },
      seconds: { type: "string", default: "Infinity" },
      rounds: { type: "string" },
      folder: { type: "string", default: "docs/results/pomdp" },
    },
  });
  const unknown = values.only.find((name) => !(name in tasks));
  if (unknown !== undefined) {
    process.stderr.write(`error: --only: expected one of ${Object.keys(tasks).join("; ")}, got ${unknown}\n`);
    return 1;
  }
  mkdirSync(join(values.folder, ".values"), { recursive: true });
  const end = performance.now() + 1000 * Number(values.seconds);
  for (const problem of values.only) {
    const task = tasks[problem];
    const { practised, seconds } = await practisedOf(problem, task, {
      folder: values.folder,
      rounds: values.rounds,
      end,
    });
    for (const variant of values.variants as Variant[]) {
      const file = join(values.folder, `${problem.replaceAll(/\W+/g, "")}.jsonl`);
      const played = episodesOf(file).filter((episode) => episode.variant === variant).length;
      for (let episode = played; episode < Number(values.episodes) && performance.now() < end; episode++) {
        const told = await playEpisode(problem, task, {
          variant,
          episode,
          practised,
          offlineSeconds: seconds,
        });
        appendFileSync(file, `${JSON.stringify(told)}\n`);
      }
    }
  }
  console.log(tableOf(values.folder, values.only));
  console.log(`\n${processor()}, ${engine()}`);
  return 0;
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
  if (task.practice === undefined) return { practised: undefined, seconds: 0 };
  const name = join(folder, ".values", problem.replaceAll(/\W+/g, ""));
  const kept = existsSync(`${name}.json`)
    ? JSON.parse(readFileSync(`${name}.json`, "utf8"))
    : { rounds: 0, seconds: 0 };
  const model = task.model(await createCore(), 0);
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

/** The episodes of a file, in its order. */
export function episodesOf(file: string): readonly Episode[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Mean ± standard error of every problem and variant that was played. */
export function tableOf(folder: string, problems: readonly string[]): string {
  const rows = problems.flatMap((problem) => {
    const all = episodesOf(join(folder, `${problem.replaceAll(/\W+/g, "")}.jsonl`));
    return VARIANTS.flatMap((variant) => {
      const some = all.filter((episode) => episode.variant === variant);
      if (some.length === 0) return [];
      const mean = (value: (episode: Episode) => number) =>
        some.reduce((sum, one) => sum + value(one), 0) / some.length;
      const centre = mean((one) => one.return);
      const error = Math.sqrt(mean((one) => (one.return - centre) ** 2) / Math.max(1, some.length - 1));
      return [
        [
          ...[problem, variant, `${centre.toFixed(2)} ± ${error.toFixed(2)}`, String(some.length)],
          mean((one) => one.milliseconds).toFixed(1),
          mean((one) => one.offlineSeconds).toFixed(0),
          tasks[problem].published,
        ],
      ];
    });
  });
  const head = ["problem", "plans", "return", "episodes", "ms per decision", "offline s", "published"];
  return aligned(head, rows, 2);
}
