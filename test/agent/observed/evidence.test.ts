import { test } from "uvu";
import * as assert from "uvu/assert";
import { holdsOf } from "../../../src/agent/hold.ts";
import { observedEvidence } from "../../../src/agent/observed/evidence.ts";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { createForesight } from "../../../src/agent/watch/foresight.ts";
import { createAgent } from "../../../src/index.ts";
import type { SynchronousEnvironment } from "../../../src/types.ts";
import { pushed } from "../../helpers/faultyWorlds.ts";
import { live, small, smallAgent } from "../../helpers/smallAgent.ts";

test("foresees no step before habit and value are in use, and then each that did not end the world", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const seen = () => holdsOf(agent).evidence()?.foresight?.steps;
  live(agent, environment, 30);
  assert.is(seen(), 0);
  const before = holdsOf(agent).evidence()?.terminations ?? 0;
  live(agent, environment, 40);
  const ended = (holdsOf(agent).evidence()?.terminations ?? 0) - before;
  assert.is(seen(), 40 - ended);
});

test("counts the numbers of the observation that varied", async () => {
  const world = pushed({ observe: ({ position }) => [position, 3, position * 2] }) as SynchronousEnvironment;
  const agent = await createAgent(world, small);
  live(agent, world, 25);
  const { dimensions, varied } = observedEvidence(agent.state as ObservedState, createForesight(4));
  assert.equal([dimensions, varied], [3, 2]);
});

test.run();
