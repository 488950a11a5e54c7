import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { live, smallAgent } from "../../helpers/smallAgent.ts";

const stateOf = ({ state }: { readonly state: object }) => state as ObservedState;

test("novelty is that of all inputs by the scales as they are, which are bounded", async () => {
  const { agent, environment } = await smallAgent("pendulum", { curiosity: 0.5, warmup: 20 });
  live(agent, environment, 20);
  const { novelty, experience, model } = stateOf(agent);
  assert.is(novelty?.counts.transitions, 20);
  // the input that was taken in last is that of the last row
  const row = experience.table.subarray(19 * 9, 19 * 9 + 4);
  const { inputShift, inputScale } = model.statistics;
  const expected = [...row].map((x, i) => Math.fround((x - inputShift[i]) * inputScale[i]));
  assert.equal([...(novelty?.work.input ?? [])], expected);
  const transition = { observation: [1, 0, 1e6], action: [0], reward: 0, nextObservation: [1, 0, 0] };
  agent.remember({ ...transition, terminated: false, truncated: false });
  assert.is(novelty?.counts.transitions, 21);
  assert.is(novelty?.work.input[2], 8);
});

test("without curiosity nothing is counted", async () => {
  const { agent, environment } = await smallAgent("pendulum", { curiosity: 0 });
  live(agent, environment, 30);
  assert.is(stateOf(agent).novelty, undefined);
});

test.run();
