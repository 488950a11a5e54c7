import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectReleased, heldLanes, registerHolds } from "../../src/agent/hold.ts";
import type { Agent } from "../../src/agent/interface.ts";

test("a lane is held until it is released, of that agent alone", () => {
  const [lanes, others] = [new Set<number>(), new Set<number>()];
  const agent = registerHolds({} as Agent, lanes);
  registerHolds({} as Agent, others);
  heldLanes(agent).add(0);
  expectReleased(others, "act");
  expectReleased(lanes, "act", -1);
  assert.throws(() => expectReleased(lanes, "act"), /^act: expected the step of a run to be over/);
  heldLanes(agent).delete(0);
  expectReleased(lanes, "act");
});

test("an agent of another make holds nothing", () => {
  const agent = {} as Agent;
  heldLanes(agent).add(0);
  assert.is(heldLanes(agent).size, 0);
});

test.run();
