/** What whole agents infer and come to do in worlds whose answer is known. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Agent,
  box,
  createAgent,
  discrete,
  evaluate,
  type Options,
  type Space,
} from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { live, small } from "../helpers/smallAgent.ts";
import { average } from "../reference/arrays.ts";

/** A world of one state: every action has its reward, which may follow the time; fifty of them make an episode. */
function bandit(
  actionSpace: Space,
  reward: (action: number, second: number, time: number) => number,
): SynchronousEnvironment {
  let steps = 0;
  return {
    observationSpace: box([0], [1]),
    actionSpace,
    reset() {
      steps = 0;
      return { observation: [0.5] };
    },
    step(action) {
      steps++;
      const [one, two] = typeof action === "number" ? [action, 0] : [action[0], action[1]];
      const gained = reward(one, two, steps);
      return { observation: [0.5], reward: gained, terminated: false, truncated: steps >= 50 };
    },
  };
}

const arms = bandit(discrete(3), (k) => k / 2);

/** The posterior of the first action, averaged over twenty plans. */
function posteriorOf(agent: Agent): number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < 20; i++) {
    agent.act([0.5]);
    agent.explain().plan?.posterior.forEach((p, k) => {
      sums[k] += p / 20;
    });
  }
  return sums;
}

const single = {
  ...small,
  ...{ horizon: 1, candidates: 32, firstIterations: 0, lessons: 64, updates: 4 },
  ...{ temperature: 1, essShare: 0 },
} satisfies Options;

/** Posteriors after 100, 200, … steps. */
async function learned(options: Options): Promise<number[][]> {
  const agent = await createAgent(arms, { ...single, ...options });
  return [1, 2, 3, 4].map(() => {
    live(agent, arms, 100);
    return posteriorOf(agent);
  });
}

const near = (actual: readonly number[], expected: readonly number[], tolerance: number) =>
  assert.ok(
    expected.every((value, k) => Math.abs(actual[k] - value) < tolerance),
    `${actual.map((p) => p.toFixed(3))}, expected ${expected}`,
  );

test("with κ = 1 and no broad part EM improves the policy until the best of three arms is all that is left", async () => {
  const posteriors = await learned({ priorWeight: 1, broadShare: 0 });
  posteriors.slice(1).forEach((posterior, i) => {
    assert.ok(posterior[2] > posteriors[i][2], "better than before");
  });
  near(posteriors[3], [0, 0, 1], 0.01);
});

test("with a broad part it ends where p = softmax(log(.75 p + .25 / 3) + r)", async () => {
  let fixed = [1 / 3, 1 / 3, 1 / 3];
  for (let i = 0; i < 200; i++) {
    const terms = fixed.map((p, k) => (0.75 * p + 0.25 / 3) * Math.exp(k / 2));
    fixed = terms.map((term) => term / (terms[0] + terms[1] + terms[2]));
  }
  near((await learned({ priorWeight: 1 }))[3], fixed, 0.03);
});

test("with κ = 0 the habit stays where the proposals are: it is no prior", async () => {
  const posteriors = await learned({});
  near(posteriors[3], posteriors[0], 0.05);
  assert.ok(posteriors[3][2] < 0.65);
});

/** Worlds in which the mean of what is good, or what was lucky, is bad. */
const modes = bandit(box([-1], [1]), (a) => -10 * (Math.abs(a) - 0.8) ** 2);
const corners = bandit(
  box([-1, -1], [1, 1]),
  (a, b) => -10 * Math.min(...[0.6, -0.6].map((c) => (a - c) ** 2 + (b + c) ** 2)),
);
const gamble = bandit(discrete(2), (k, _, t) => (k === 0 ? 0 : t % 2 === 0 ? 4.5 : -5.5));

/** Of agents. */
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Returns of planner and habit of agents of several seeds that learned for some steps by the default rules. */
async function returnsOf(world: SynchronousEnvironment, steps = 300) {
  const sizes = { hidden: [16, 16], horizon: 6, warmup: 40, warmupUpdates: 50, delay: 40, batch: 32 };
  const returns: { planner: number; habit: number }[] = [];
  for (const seed of SEEDS) {
    const agent = await createAgent(world, { ...sizes, seed });
    live(agent, world, steps, seed);
    const { meanReturn: planner } = await evaluate(agent, world, { episodes: 1 });
    const { meanReturn: habit } = await evaluate(agent, world, { episodes: 1, policy: "habit" });
    returns.push({ planner, habit });
  }
  return returns;
}

for (const [name, world] of Object.entries({ modes, corners, gamble, arms }))
  test(`the planner is as good as its habit, within two standard errors over twelve seeds: ${name}`, async () => {
    const returns = await returnsOf(world);
    const advantages = returns.map(({ planner, habit }) => planner - habit);
    const mean = average(advantages);
    const error = Math.sqrt(average(advantages.map((value) => (value - mean) ** 2)) / (SEEDS.length - 1));
    assert.ok(mean >= -2 * error, JSON.stringify(returns));
  });

test.run();
