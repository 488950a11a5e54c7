import { test } from "uvu";
import * as assert from "uvu/assert";
import { readinessOf } from "../../src/agent/observed/readiness.ts";
import type { ObservedState } from "../../src/agent/observed/state.ts";
import { STREAMS } from "../../src/core/streams.ts";
import { createAgent } from "../../src/index.ts";
import { compareWithRandom } from "../../src/inference/advantage.ts";
import { enterPoints } from "../../src/inference/belief/point.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { pushed } from "../helpers/faultyWorlds.ts";
import { live, small } from "../helpers/smallAgent.ts";

/** Gains of plans at eight places, after the agent has learned where pushing leads. */
async function gains(world: SynchronousEnvironment): Promise<readonly number[]> {
  const agent = await createAgent(world, { ...small, updates: 6, candidates: 32 });
  live(agent, world, 250);
  const state = agent.state as ObservedState;
  const { core, model, work } = state;
  work.observations.fill(0);
  enterPoints(work.imagining, work.observations, model.statistics);
  const found: number[] = [];
  const round = { stream: STREAMS.diagnosis, step: 0, iterations: 2 };
  const { scores } = work.workspaces;
  compareWithRandom(core, work.imagining, readinessOf(state), { round, scores }, (gain) => found.push(gain));
  return found;
}

test("plans gain where actions lead somewhere, and next to nothing where they do not", async () => {
  const sound = await gains(pushed() as SynchronousEnvironment);
  const idle = await gains(pushed({ move: ({ position }) => 0.9 * position }) as SynchronousEnvironment);
  assert.is(sound.length, 8);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // from 0 to 1 in four steps of .3 and on, beside staying about 0: some units of reward within six steps
  assert.ok(mean(sound) > 0.5, sound.join());
  assert.ok(Math.abs(mean(idle)) < 0.05, idle.join());
});

test.run();
