/** One seed of a task on MuJoCo: learning by the library's own loop, with looks at fixed steps, which are kept as they come. */
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createAgent, evaluate, type Options, resume, train } from "../../../src/index.ts";
import { type MujocoTask, mujocoEnvironment } from "../../../src/mujoco.ts";
import { makeFolder, readBytes, readText, writeAtomically } from "../../../src/runs/files.ts";

/** What is asked of a trial. */
export interface Settings {
  /** Environment steps after which the agent is looked at, rising. */
  readonly steps: readonly number[];
  /** Episodes of the planner in a look, and of the habit. */
  readonly episodes: number;
  readonly options: Options;
  /** Where looks and half-finished runs are kept. */
  readonly folder: string;
  /** What a reader may want to know of each look. */
  readonly about: object;
}

/** A look at the agent, a line of the results: it neither explores nor learns meanwhile. */
export interface Look {
  readonly task: string;
  readonly seed: number;
  readonly steps: number;
  /** Returns on the starts seeded 1000, 1001, …. */
  readonly planner: readonly number[];
  readonly habit: readonly number[];
  /** Of the episodes that were learned from since the look before. */
  readonly training: readonly number[];
  /** Of all steps so far, without the looks. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Of one planned action of the look. */
  readonly planMilliseconds: number;
}

/** The file of a folder with its looks. */
export const looksIn = (folder: string): string => join(folder, "looks.jsonl");

/** The looks that a folder has; a line that was cut short does not count. */
export function readLooks(folder: string): readonly Look[] {
  const path = looksIn(folder);
  if (!existsSync(path)) return [];
  return readText(path)
    .split("\n")
    .slice(0, -1)
    .map((line): Look => JSON.parse(line));
}

/** Learns from zero experience, or goes on where a trial of the same folder stopped after a look. */
export async function runMujocoTrial(
  task: MujocoTask,
  seed: number,
  { steps: marks, episodes, options, folder, about }: Settings,
): Promise<{ readonly looks: number }> {
  makeFolder(folder);
  const kept = join(folder, `${task}-seed${seed}.run`);
  const known = readLooks(folder).filter((look) => look.task === task && look.seed === seed);
  const missing = marks.filter((mark) => !known.some(({ steps }) => steps === mark));
  if (missing.length === 0) return { looks: 0 };
  const [world, test] = [await mujocoEnvironment(task), await mujocoEnvironment(task)];
  const last = known.at(-1);
  const limits = { steps: Math.max(...marks) };
  const run =
    last !== undefined && last.steps < missing[0] && existsSync(kept)
      ? await resume(readBytes(kept), world, limits)
      : train(await createAgent(world, { ...options, seed }), world, { ...limits, seed });
  let { cpuSeconds, wallSeconds } =
    run.steps > 0 && last !== undefined ? last : { cpuSeconds: 0, wallSeconds: 0 };
  for (const steps of missing) {
    const training: number[] = [];
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    while (run.steps < steps) {
      const report = await run.step();
      if (report?.episodeReport !== undefined) training.push(report.episodeReport.return);
    }
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds += (user + system) / 1e6;
    wallSeconds += (performance.now() - wall) / 1000;
    const planner = await evaluate(run.agent, test, { episodes });
    const habit = await evaluate(run.agent, test, { episodes, policy: "habit" });
    const look: Look = {
      ...{ task, seed, steps, planner: planner.returns, habit: habit.returns, training },
      ...{ cpuSeconds, wallSeconds, planMilliseconds: planner.microsecondsPerAction / 1000 },
    };
    appendFileSync(looksIn(folder), `${JSON.stringify({ ...look, ...about })}\n`);
    writeAtomically(kept, run.save());
  }
  for (const one of [world, test]) one.close();
  return { looks: missing.length };
}
