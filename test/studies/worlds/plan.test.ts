import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete } from "../../../src/index.ts";
import { planningPolicy } from "../../../studies/worlds/plan.ts";
import { meanOf, play, type SuiteWorld } from "../../../studies/worlds/world.ts";

const search = { horizon: 6, candidates: 40, rounds: 3, futures: 16 };

/** Roll to 1 with pushes; the controller never moves. */
const slope: SuiteWorld = {
  name: "slope",
  kinds: ["dense"],
  description: "",
  timeLimit: 8,
  observationSpace: box([-9], [9]),
  actionSpace: box([-0.5], [0.5]),
  dynamics: () => ({
    start: () => [0],
    step: ([x], [u]) => ({ state: [x + u], reward: -((x + u - 1) ** 2) }),
    observe: (state) => state,
    controller: () => [0],
  }),
};

/** A sure .4, or a prize of 1 with a chance of 1 in 10: in one future a plan would know when it comes. */
const lottery: SuiteWorld = {
  ...slope,
  name: "lottery",
  kinds: ["stochastic"],
  actionSpace: discrete(2),
  dynamics: () => ({
    start: () => [0],
    step: (state, [k], random) => {
      const prize = Number(random.uniform() < 0.1);
      return { state, reward: k === 0 ? 0.4 : prize };
    },
    observe: (state) => state,
    controller: () => [1],
  }),
};

test("continuous actions: the best way is found, within the bounds", async () => {
  const [sum] = await play(slope, await planningPolicy(slope, search), 1);
  // .5, .5, then rest: −.25
  assert.ok(sum > -0.4 && sum <= -0.25, `${sum}`);
});

test("the controller's way is among the candidates", async () => {
  const narrow = { ...search, candidates: 1, rounds: 1 };
  const chain: SuiteWorld = {
    ...slope,
    timeLimit: 6,
    actionSpace: discrete(20),
    dynamics: () => ({
      start: () => [0],
      // the number of the step, else nothing for ever
      step: ([t], [k]) => ({ state: [t >= 0 && k === t ? t + 1 : -1], reward: t === 5 && k === t ? 1 : 0 }),
      observe: (state) => state,
      controller: ([t]) => [Math.max(0, t)],
    }),
  };
  assert.equal(await play(chain, await planningPolicy(chain, narrow), 1), [1]);
});

test("where there is chance, plans are judged by several futures", async () => {
  const lured = await play(lottery, await planningPolicy(lottery, { ...search, futures: 1 }), 6);
  const returns = await play(lottery, await planningPolicy(lottery, search), 6);
  assert.ok(meanOf(returns) > 3 && meanOf(returns) > meanOf(lured), `${returns} against ${lured}`);
});

test("the same plans every time", async () => {
  const twice = await Promise.all(
    [1, 2].map(async () => play(slope, await planningPolicy(slope, search), 2)),
  );
  assert.equal(twice[0], twice[1]);
});

test.run();
