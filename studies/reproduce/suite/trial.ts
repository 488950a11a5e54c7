/** One seed of a world of the suite: learning by the library's own loop, with looks at fixed steps. */
import { createAgent, evaluate, type Options, train } from "../../../src/index.ts";
import type { StepReport } from "../../../src/types.ts";
import { worlds } from "../../worlds/index.ts";
import { STARTS } from "../../worlds/reference.ts";
import { environmentOf, type SuiteWorld } from "../../worlds/world.ts";

/** What is asked of a trial. */
export interface Settings {
  /** Environment steps after which the agent is looked at, rising. */
  readonly steps: readonly number[];
  /** Episodes of the planner in a look; the habit, which costs little, plays all {@link STARTS}. */
  readonly episodes: number;
  readonly options: Options;
}

/** A look at the agent: it neither explores nor learns meanwhile. */
export interface Look {
  readonly steps: number;
  /** Returns on the starts seeded 1000, 1001, …. */
  readonly planner: readonly number[];
  readonly habit: readonly number[];
  /** Of all steps so far, without the looks. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/** What a trial came to: a line of the results. */
export interface Line {
  readonly world: string;
  readonly seed: number;
  readonly looks: readonly Look[];
  /** The step of the first reward above 0, or of the first end where that is the goal; null for none. */
  readonly firstGoal: number | null;
}

/**
 * Learns from zero experience. The agent has the seed, and so has the run: episode n of seed s begins with `episodeSeed(s, 0, n)`
 * of `src/loop/seeds.ts`. Looks do not change what is learned. Where a world hides a part of its state the agent is told so, by
 * `model: "latent"`; `options` are stronger.
 */
export async function runTrial(name: string, seed: number, settings: Settings): Promise<Line> {
  const world = worldOf(name);
  const { steps: marks, episodes, options } = settings;
  const [environment, test] = [await environmentOf(world), await environmentOf(world)];
  const agent = await createAgent(environment, {
    ...(world.isPartial === true && { model: "latent" }),
    ...options,
    seed,
  });
  const run = train(agent, environment, { steps: Math.max(...marks), seed });
  const looks: Look[] = [];
  let firstGoal: number | null = null;
  let [cpuSeconds, wallSeconds] = [0, 0];
  for (const steps of marks) {
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    while (run.steps < steps) {
      const report = await run.step();
      if (firstGoal === null && report !== undefined && isGoal(world, report)) firstGoal = report.steps;
    }
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds += (user + system) / 1e6;
    wallSeconds += (performance.now() - wall) / 1000;
    const planner = await evaluate(agent, test, { episodes });
    const habit = await evaluate(agent, test, { episodes: STARTS, policy: "habit" });
    looks.push({ steps, planner: planner.returns, habit: habit.returns, cpuSeconds, wallSeconds });
  }
  return { world: name, seed, looks, firstGoal };
}

export function worldOf(name: string): SuiteWorld {
  const world = worlds.find((one) => one.name === name);
  if (world === undefined)
    throw new RangeError(`world: expected one of ${worlds.map((one) => one.name).join("; ")}, got ${name}`);
  return world;
}

function isGoal({ isGoalAnEnd }: SuiteWorld, { reward, terminated }: StepReport): boolean {
  return isGoalAnEnd === true ? terminated : reward > 0;
}
