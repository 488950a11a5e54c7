import { test } from "uvu";
import * as assert from "uvu/assert";
import { beginTrace, extendTrace, hashOf, type Trace } from "../../src/loop/trace.ts";

const step = { observation: [1, 2], reward: 3, terminated: false, truncated: false };

test("every part of an answer counts, to the bit; NaN is one number", () => {
  const others = [
    { ...step, observation: [1, 2 + 2 ** -51] },
    { ...step, observation: [2, 1] },
    { ...step, observation: [1, 2, 0] },
    { ...step, reward: -3 },
    { ...step, terminated: true },
    { ...step, truncated: true },
    { observation: [1, 2] },
    { ...step, observation: [-0, 2] },
    { ...step, observation: [0, 2] },
    { ...step, observation: [Number.NaN, 2] },
  ];
  assert.is(new Set([step, ...others].map(hashOf)).size, 11);
  assert.is(hashOf({ ...step, observation: Float32Array.of(1, 2) }), hashOf(step));
  const nan = new Float64Array(Uint32Array.of(1, 0xfff80000).buffer)[0];
  assert.is(hashOf({ ...step, observation: [nan, 2] }), hashOf({ ...step, observation: [Number.NaN, 2] }));
});

test("holds the running episode alone, and copies of its actions", () => {
  const trace: Trace = { actions: [], answers: [] };
  const action = Float32Array.of(0.5);
  for (let episode = 0; episode < 2; episode++) {
    beginTrace(trace, { observation: [episode] });
    extendTrace(trace, action, step);
    extendTrace(trace, 1, step);
  }
  action[0] = 7;
  assert.equal(trace.actions, [Float32Array.of(0.5), 1]);
  assert.equal(trace.answers, [hashOf({ observation: [1] }), hashOf(step), hashOf(step)]);
});

test.run();
