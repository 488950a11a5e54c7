import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ObservedState } from "../../src/agent/observed/state.ts";
import { type Action, type Agent, type Box, type Discrete, environments } from "../../src/index.ts";
import type { Policy } from "../../src/types.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";
import { makers } from "../helpers/smallLatentAgent.ts";

const policies: readonly Policy[] = ["plan", "habit"];
const OBSERVATION = [1, 0, 0.5];

function isInside(space: Box | Discrete, action: Action): boolean {
  if (space.kind === "discrete")
    return typeof action === "number" && Number.isInteger(action) && action >= 0 && action < space.n;
  if (typeof action === "number" || action.length !== space.low.length) return false;
  return space.low.every((low, d) => action[d] >= low && action[d] <= space.high[d]);
}

/** The actions of one episode's start, at one observation after another. */
function actionsAt(agent: Agent, observation: readonly number[], policy: Policy, explore: boolean, lane = 0) {
  agent.reset(lane);
  return Array.from({ length: 6 }, () => agent.act(observation, { policy, explore, reward: 0.5, lane }));
}

for (const [kind, make] of Object.entries(makers)) {
  for (const { name: task, actionSpace, observationSpace } of environments)
    test(`${kind}: acts inside the space of ${task}, untrained and trained, by plan and by habit`, async () => {
      const { agent, environment } = await make(task);
      const observation = observationSpace.low.map(() => 0.1);
      for (const steps of [0, 40]) {
        live(agent, environment, steps);
        for (const policy of policies)
          for (const explore of [false, true])
            for (const action of actionsAt(agent, observation, policy, explore))
              assert.ok(isInside(actionSpace, action), `${policy}: ${String(action)}`);
      }
    });

  test(`${kind}: without exploring, an episode's actions are a function of its observations, in every lane`, async () => {
    const { agent, environment } = await make("pendulum");
    live(agent, environment, 40);
    for (const policy of policies) {
      const actions = actionsAt(agent, OBSERVATION, policy, false);
      assert.equal(actionsAt(agent, OBSERVATION, policy, false), actions);
      assert.equal(actionsAt(agent, OBSERVATION, policy, false, -1), actions);
      assert.not.equal(actionsAt(agent, [-1, 0, 2], policy, false), actions);
    }
  });

  test(`${kind}: exploring draws another action at another step, of the warm-up and after it`, async () => {
    const { agent, environment } = await make("pendulum");
    for (const steps of [5, 30]) {
      const acted = new Set<number>();
      for (let i = 0; i < 3; i++) {
        live(agent, environment, steps);
        acted.add((agent.act(OBSERVATION, { explore: true }) as Float32Array)[0]);
      }
      assert.is(acted.size, 3);
    }
  });

  test(`${kind}: of acting nothing is left once the episode is forgotten`, async () => {
    const { agent, environment } = await make("cartpole");
    live(agent, environment, 40);
    agent.reset();
    const before = agent.save();
    for (const policy of policies)
      for (const explore of [false, true]) actionsAt(agent, [0, 0, 0.1, 0], policy, explore);
    assert.not.ok(isSame(agent.save(), before));
    agent.reset();
    assert.ok(isSame(agent.save(), before));
  });

  test(`${kind}: names the observation, the policy and the lane that it cannot use`, async () => {
    const { agent } = await make("pendulum");
    const finite = kind === "latent" ? "a finite number or NaN" : "a finite number";
    for (const [observation, type, message] of [
      [[1, 0], RangeError, "observation: expected [3] numbers, got [2] (step 1)"],
      [undefined, TypeError, "observation: expected [3] numbers, got undefined (step 1)"],
      [[1, 0, Infinity], RangeError, `observation[2]: expected ${finite}, got Infinity (step 1)`],
      [[1, "0", 1], TypeError, 'observation[1]: expected a number, got "0" (step 1)'],
    ] as const)
      assert.throws(
        () => agent.act(observation as never),
        (error: Error) => error instanceof type && error.message === message,
      );
    assert.throws(
      () => agent.act(OBSERVATION, { policy: "guess" as never }),
      (error: Error) =>
        error instanceof RangeError && error.message === 'policy: expected "plan" or "habit", got "guess"',
    );
    const message = "lane: expected a whole number in [-2, 1], got 2";
    assert.throws(() => agent.act(OBSERVATION, { lane: 2 }), message);
    assert.throws(() => agent.reset(2), message);
    assert.throws(() => agent.explain({ lane: 2 }), message);
  });
}

test("explores the whole of a space, and answers with a Float32Array", async () => {
  const { agent, environment } = await smallAgent("pendulum", { warmup: 60 });
  const actions: Float32Array[] = [];
  const step = (action: Action) => {
    actions.push(action as Float32Array);
    return environment.step(action);
  };
  live(agent, { ...environment, step }, 120);
  for (const part of [actions.slice(0, 60), actions.slice(60)]) {
    const torques = part.map(([torque]) => torque);
    assert.ok(Math.max(...torques) > 1.5 && Math.min(...torques) < -1.5, torques.join(" "));
    assert.ok(torques.every((torque) => Math.abs(torque) <= 2));
  }
  assert.ok(actions.every((action) => action instanceof Float32Array));
});

test("what was not seen is refused by an agent that sees the state", async () => {
  const { agent } = await smallAgent("pendulum");
  assert.throws(
    () => agent.act([1, Number.NaN, 0]),
    (error: Error) => error.message === "observation[1]: expected a finite number, got NaN (step 1)",
  );
});

test("after an action that was no plan the next plan begins anew, and after a plan it goes on", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 40);
  const third = (...policies: Policy[]) => {
    agent.reset();
    for (const policy of policies) agent.act(OBSERVATION, { policy });
    return agent.act(OBSERVATION);
  };
  assert.equal(third("plan", "habit"), third("habit", "habit"));
  assert.not.equal(third("plan", "plan"), third("habit", "habit"));
});

test("a plan that was overruled is not gone on with: the next one begins anew", async () => {
  const next = async (change: number, isReset = false) => {
    const { agent, environment } = await smallAgent("pendulum");
    live(agent, environment, 40);
    agent.reset();
    const [torque] = agent.act(OBSERVATION) as Float32Array;
    const done = { action: [Math.fround(torque + change)], reward: -1, terminated: false, truncated: false };
    agent.remember({ ...done, observation: OBSERVATION, nextObservation: OBSERVATION });
    if (isReset) agent.reset();
    // the draws follow the step of the episode
    if (isReset) agent.act(OBSERVATION, { policy: "habit" });
    return agent.act(OBSERVATION);
  };
  assert.equal(await next(0.25), await next(0, true));
  assert.not.equal(await next(0), await next(0, true));
});

test("the plan after that one goes on with it", async () => {
  const third = async (isForced: boolean) => {
    const { agent, environment } = await smallAgent("pendulum");
    live(agent, environment, 40);
    agent.reset();
    const [torque] = agent.act(OBSERVATION) as Float32Array;
    const done = { action: [torque + 0.25], reward: -1, terminated: false, truncated: false };
    agent.remember({ ...done, observation: OBSERVATION, nextObservation: OBSERVATION });
    const { counts } = (agent.state as ObservedState).lanes[0];
    assert.ok(counts.isOverruled);
    agent.act(OBSERVATION);
    assert.not.ok(counts.isOverruled);
    if (isForced) counts.isOverruled = true;
    return agent.act(OBSERVATION);
  };
  assert.not.equal(await third(false), await third(true));
});

for (const [options, message] of [
  [null, "options: expected an object of policy, explore, reward, lane, actionMask, got null"],
  [{ policies: "plan" }, "options: expected known names, got policies"],
  [{ explore: "no" }, 'explore: expected true or false, got "no"'],
  [{ policy: "x" }, 'policy: expected "plan" or "habit", got "x"'],
] as const)
  test(`names what is wrong with the options ${JSON.stringify(options)}`, async () => {
    const { agent } = await smallAgent("pendulum");
    assert.throws(
      () => agent.act([1, 0, 0], options as never),
      (error: Error) => error.message === message,
    );
  });

test.run();
