import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Vector } from "../../../src/environments/environment.ts";
import { createAgent, createEnvironment, type Options } from "../../../src/index.ts";
import { pendulumDistractors, probedReturns, tMaze } from "../../../studies/reproduce/partial.ts";
import { probe } from "../../../studies/reproduce/probe.ts";
import { firstGoal, run, stepsOf, stepsUntil, successOf } from "../../../studies/reproduce/trial.ts";

/** As little of an agent as there can be. */
const small: Options = {
  members: 1,
  hidden: [8],
  candidates: 4,
  horizon: 2,
  warmup: 4,
  warmupUpdates: 1,
  updates: 1,
  memory: 256,
};

test("steps an agent as long as asked, tells of episodes and stops when told to", async () => {
  const seen: (readonly number[])[] = [];
  const watch = ({ steps, episode }: { steps: number; episode: number }) => {
    seen.push([steps, episode]);
    return steps < 5;
  };
  const agent = await run("t-maze", 1, small, { steps: 8, watch });
  assert.equal(seen, [
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 2],
    [5, 2],
  ]);
  assert.is(agent.steps, 5);
  assert.is((await run("t-maze", 1, small, { steps: 8, watch: () => true })).steps, 8);
});

test("looks at a learning agent when asked, until it is solved", async () => {
  for (const [goesOn, steps] of [
    [true, 12],
    [false, 7],
  ] as const) {
    const looks: number[] = [];
    const { agent, solved } = await stepsUntil("t-maze", 1, small, {
      steps: 12,
      from: 3,
      every: 2,
      async isSolved(agent) {
        looks.push(agent.steps);
        return looks.length === 3;
      },
      goesOn,
    });
    assert.equal([looks, solved, agent.steps], [[3, 5, 7], 7, steps]);
  }
  const look = { steps: 6, from: 2, every: 2, isSolved: async () => false, goesOn: false };
  assert.is((await stepsUntil("t-maze", 1, small, look)).solved, Infinity);
});

test("the first goal is that of the first termination", async () => {
  const { "steps to the first goal": first } = await firstGoal("umbrella", 45)(1, small);
  assert.is(first, 20);
  const { "steps to the first goal": never } = await firstGoal("pendulum-position", 10)(1, small);
  assert.is(never, Infinity);
});

test("a look at an agent's steps leaves it as it was", async () => {
  const agent = await createAgent(await createEnvironment("t-maze"), small);
  const before = agent.save();
  const mazes = await stepsOf(agent, "t-maze", 6);
  assert.equal(
    mazes.map(({ length }) => length),
    [3, 3, 3, 3, 3, 3],
  );
  assert.equal(agent.save(), before);
  const rewarded = mazes.filter(([, , last]) => last.reward > 0).length;
  assert.is(successOf(mazes), rewarded / 6);
});

test("the maze's figures are shares at each mark", async () => {
  const figures = await tMaze([2, 4], 8)(1, small);
  const names = ["cue first, 2 mazes", "success, 2 mazes", "cue first, 4 mazes", "success, 4 mazes"];
  assert.equal(Object.keys(figures), names);
  for (const share of Object.values(figures))
    assert.ok(share >= 0 && share <= 1 && Number.isInteger(8 * share));
});

test("the probe reads beliefs beside the state they are about", async () => {
  let last = new Float32Array(10);
  const agent = await createAgent(await createEnvironment("pendulum-distractors"), small);
  // believes what it sees: the angle and the distractors of this very moment, and no speed
  const { returns, examples } = await probedReturns(
    {
      ...agent,
      act(observation) {
        last = Float32Array.from(observation as Vector);
        return [0];
      },
      explain: () => ({
        belief: {
          ...{ mean: last, std: last, effectiveSampleSize: 1, logEvidence: 0 },
          ...{ particles: last, weights: Float32Array.of(1), observations: last },
        },
        ...{ chosenBy: "plan", plan: undefined },
      }),
    },
    4,
  );
  assert.equal([returns.length, examples.length], [4, 800]);
  assert.is(examples.filter(({ isHeldOut }) => isHeldOut).length, 400);
  const quality = probe(examples) ?? [];
  assert.is(quality.length, 11);
  // float32 observations differ from the state by 6e-8 of it; the ridge takes 1e-6
  for (const [k, value] of quality.entries()) assert.is(value > 1 - 1e-9, k !== 2, `${k}: ${value}`);
});

test("an agent among distractors is measured by its return, and by what its belief holds of the state", async () => {
  assert.equal(Object.keys(await pendulumDistractors([4, 8], 2)(1, small)), [
    "planner return, 4 steps",
    "R² of cos θ, sin θ, 4 steps",
    "R² of ω, 4 steps",
    "R² of the distractors, 4 steps",
    "planner return, 8 steps",
    "R² of cos θ, sin θ, 8 steps",
    "R² of ω, 8 steps",
    "R² of the distractors, 8 steps",
  ]);
  // nothing is held out of one episode
  assert.equal(Object.keys(await pendulumDistractors([8], 1)(1, small)), ["planner return, 8 steps"]);
});

test.run();
