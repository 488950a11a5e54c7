/**
 * `npm run reproduce -- suite [--seeds 10] [--steps 500,1000,2000,4000] [--only WORLD …] [--options JSON] [--episodes 4]
 * [--workers N] [--json] [--publish]`: the agent with its defaults, or with options, in the worlds of development and five classic ones. It
 * prints Markdown, or one object of JSON. Finished trials are kept in `runs/suite/SOURCES-OPTIONS.jsonl`, named by the hashes of both,
 * and never run again. With --publish, those that were asked for become the raw results in docs/results/suite, from which
 * `npm run reproduce -- documents` draws the tables. With --screen, a part of worlds, seeds and steps. With --compare A B, the differences of two results, each a
 * file, `COMMIT`, `COMMIT+OPTIONS` or, for the sources as they are, `+OPTIONS` or `+`; options as JSON or by their hash.
 */
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { counted, duration } from "../../../src/cli/format.ts";
import { engine, processor } from "../../../src/cli/machine.ts";
import type { Job } from "../../../src/runs/jobs/pool.ts";
import { worlds } from "../../worlds/index.ts";
import { STARTS } from "../../worlds/reference.ts";
import { abortOnSignals, askChild, complain, runTrials } from "../pool.ts";
import { compare, pairsOf } from "./compare.ts";
import { type CompareRequest, readSuiteRequest, type SuiteRequest } from "./request.ts";
import { hashOfOptions, ROOT, workingSource } from "./source.ts";
import { createBootstrap } from "./statistics.ts";
import { appendLine, findLine, openStore, pathOf, publishLines, readLines, resultsPath } from "./store.ts";
import { summarise } from "./summary.ts";
import { comparisonTables, summaryTables } from "./tables.ts";
import type { Line, Settings } from "./trial.ts";

type Trial = Job<Line> & Key & { readonly task: string };
type Key = Pick<Line, "world" | "seed">;

/** @returns the exit code */
export async function runSuite(words: readonly string[]): Promise<number> {
  try {
    const request = readSuiteRequest(
      words.filter((_, i) => i !== words.indexOf("suite")),
      worlds.map(({ name }) => name),
    );
    return await (request.compare ? printComparison(request, request.compare) : measure(request));
  } catch (error) {
    return complain(error);
  }
}

async function measure(request: SuiteRequest): Promise<number> {
  const source = workingSource();
  const path = pathOf(source.hash, hashOfOptions(request.options));
  openStore(path);
  const signal = abortOnSignals();
  const start = performance.now();
  const known = readLines(path);
  const missing = keysOf(request).filter((key) => findLine(known, key, request) === undefined);
  const about = { commit: source.commit, options: request.options, engine: engine(), processor: processor() };
  const failures = await runTrials<Line, Trial>(
    missing.map((key) => trialOf(key, request)),
    {
      width: request.workers ?? availableParallelism(),
      signal,
      onAnswer: (line) => appendLine(path, line, about),
    },
  );
  await printSummary(request, path, {
    sources: source.commit,
    took: `${missing.length} trials in ${duration((performance.now() - start) / 1000)}`,
  });
  if (signal.aborted) return 130;
  return failures > 0 ? 1 : 0;
}

/** Every seed of every world, seeds first, so that all worlds have some when it is stopped early. */
function keysOf({ seeds, worlds }: SuiteRequest): readonly Key[] {
  return Array.from({ length: seeds }, (_, i) => worlds.map((world) => ({ world, seed: i + 1 }))).flat();
}

function trialOf({ world, seed }: Key, { steps, episodes, options }: SuiteRequest): Trial {
  const settings: Settings = { steps, episodes, options };
  return {
    task: world,
    world,
    seed,
    isAlone: false,
    run: (signal) => askChild<Line>(["suite", world, String(seed), JSON.stringify(settings)], signal),
  };
}

async function printSummary(
  request: SuiteRequest,
  path: string,
  { sources, took }: { readonly sources: string; readonly took: string },
): Promise<void> {
  const lines = linesFor(request, path);
  if (request.isPublished) publishLines(lines);
  const summary = summarise(lines, request.worlds, request.steps, await createBootstrap());
  if (request.isJson) {
    console.log(
      JSON.stringify({ ...summary, sources, options: request.options, path: relative(ROOT, path) }),
    );
    return;
  }
  if (lines.length > 0) console.log(summaryTables(summary));
  const options = JSON.stringify(request.options);
  console.log(
    `\n${sources}, options ${options}, the planner on ${counted(request.episodes, "start")}, the habit on ${STARTS}`,
  );
  console.log(`${processor()}, ${engine()}; ${took}; ${relative(ROOT, path)}`);
}

async function printComparison({ worlds, isJson }: SuiteRequest, asked: CompareRequest): Promise<number> {
  const [before, after] = asked.sides.map((side) => readLines(resultsPath(side)));
  const comparison = compare(pairsOf(before, after, worlds), asked, await createBootstrap());
  if (comparison.suite.length === 0)
    throw new RangeError(
      `--compare: expected trials that both have, got none of ${asked.sides.join(" and ")}`,
    );
  console.log(isJson ? JSON.stringify(comparison) : comparisonTables(comparison));
  if (!isJson) console.log(`\nA: ${asked.sides[0]}; B: ${asked.sides[1]}; differences of scores`);
  return 0;
}

/** The trials of a file that the request asks for, as far as they are there. */
function linesFor(request: SuiteRequest, path: string): readonly Line[] {
  const known = readLines(path);
  return keysOf(request).flatMap((key) => findLine(known, key, request) ?? []);
}
