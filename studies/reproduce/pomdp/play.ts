/** Episodes of a problem, planned in the model and filtered by it. */
import { createCore } from "../../../src/core/core.ts";
import { createFilter, createPlanner } from "../../../src/index.ts";
import { createSimulator } from "../../../src/models/functions/simulator.ts";
import { hasTables } from "../../../src/models/model.ts";
import { evaluatePomdp, type Practised } from "../../../src/pomdp.ts";
import { planOf, type Task, type Variant } from "./problems.ts";

/** What one episode came to. */
export interface Episode {
  readonly problem: string;
  readonly variant: Variant;
  readonly episode: number;
  /** Discounted. */
  readonly return: number;
  readonly steps: number;
  /** Of one decision, on average. */
  readonly milliseconds: number;
  /** Of the practice before all episodes. */
  readonly offlineSeconds: number;
}

/** Plays one episode; its number says what is drawn. */
export async function playEpisode(
  problem: string,
  task: Task,
  {
    variant,
    episode,
    practised,
    offlineSeconds,
  }: {
    readonly variant: Variant;
    readonly episode: number;
    readonly practised: Practised | undefined;
    readonly offlineSeconds: number;
  },
): Promise<Episode> {
  const core = await createCore();
  const model = task.model(core, episode);
  const planner = await createPlanner(model, { ...planOf(task, variant), seed: episode }, practised);
  const about = { problem, variant, episode, offlineSeconds };
  if (hasTables(model)) {
    const { returns, lengths, millisecondsPerDecision } = await evaluatePomdp(model, planner, {
      ...{ episodes: 1, seed: 1 + episode, discount: task.discount, horizon: task.steps },
    });
    return { ...about, return: returns[0], steps: lengths[0], milliseconds: millisecondsPerDecision };
  }
  const filter = await createFilter(model, { particles: task.particles, seed: episode });
  const world = createSimulator(core, model, { seed: episode, stream: 99 });
  world.reset();
  filter.update();
  let [total, discount, spent, steps] = [0, 1, 0, 0];
  while (steps < task.steps) {
    const start = performance.now();
    const { action } = planner.plan(filter);
    spent += performance.now() - start;
    const { reward, terminated, observation } = world.step(action);
    total += discount * reward;
    discount *= task.discount;
    steps++;
    if (terminated) break;
    filter.update({ action, observation });
  }
  return { ...about, return: total, steps, milliseconds: spent / steps };
}
