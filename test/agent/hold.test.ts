import { test } from "uvu";
import * as assert from "uvu/assert";
import { BusyError, expectReleased, holdsOf, registerHolds } from "../../src/agent/hold.ts";
import type { Agent } from "../../src/agent/interface.ts";

const holds = () => ({
  lanes: new Set<number>(),
  counts: { episodes: 0 },
  breakOff() {},
  evidence: () => undefined,
  saveWith: () => new Uint8Array(1),
});

test("a lane is held until it is released, of that agent alone", () => {
  const [own, others] = [holds(), holds()];
  const agent = registerHolds({} as Agent, own);
  registerHolds({} as Agent, others);
  holdsOf(agent).lanes.add(0);
  expectReleased(others.lanes, "act");
  expectReleased(own.lanes, "act", -1);
  assert.throws(
    () => expectReleased(own.lanes, "act"),
    (error: Error) =>
      error instanceof BusyError && error.message.startsWith("act: expected the step of a run to be over"),
  );
  holdsOf(agent).lanes.delete(0);
  expectReleased(own.lanes, "act");
});

test("of an agent of another make holds are remembered, too", () => {
  const [agent, another] = [{} as Agent, {} as Agent];
  holdsOf(agent).lanes.add(0);
  holdsOf(agent).counts.episodes++;
  const { lanes, counts } = holdsOf(agent);
  assert.equal({ lanes, counts }, { lanes: new Set([0]), counts: { episodes: 1 } });
  assert.is(holdsOf(another).lanes.size, 0);
  assert.throws(() => holdsOf(another).saveWith(""), /^save: expected an agent as createAgent/);
});

test.run();
