/** What TypeScript knows of actions by their space: `npm run check` compiles this file, and refuses an expected error that is none. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ActionOf, MultiDiscrete } from "../../src/environments/spaces.ts";
import { multiDiscrete } from "../../src/environments/spaces.ts";
import {
  type Action,
  type Agent,
  type Box,
  box,
  createAgent,
  type Discrete,
  discrete,
  type Environment,
  loadAgent,
  train,
} from "../../src/index.ts";
import { small } from "../helpers/smallAgent.ts";

/** Compiles where both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_isSame: Same<A, B>): void => {};

const seen = { observationSpace: box([-1], [1]) };
const answer = { observation: [0], reward: 0, terminated: false, truncated: true };
const coin = {
  ...{ ...seen, actionSpace: discrete(3), reset: () => ({ observation: [0] }) },
  step: (choice: number) => ({ ...answer, reward: choice }),
};
const valve = {
  ...{ ...seen, actionSpace: box([-1], [1]), reset: () => ({ observation: [0] }) },
  step: ([opening]: Float32Array) => ({ ...answer, reward: opening }),
};

test("an action has the type of its space", () => {
  same<ActionOf<Discrete>, number>(true);
  same<ActionOf<Box>, Float32Array>(true);
  same<ActionOf<MultiDiscrete>, Int32Array>(true);
  same<ActionOf<Box>, number>(false);
});

test("an agent answers actions of its world's space, and takes the world that it was made for", async () => {
  const chooser = await createAgent(coin, small);
  const opener = await createAgent(valve, small);
  const choice: number = chooser.act([0]);
  const [opening] = opener.act([0]);
  same<ReturnType<typeof chooser.act>, number>(true);
  same<ReturnType<typeof opener.act>, Float32Array>(true);
  assert.type(choice, "number");
  assert.type(opening, "number");
  assert.is((await train(chooser, coin).step())?.steps, 1);
  assert.is((await train(opener, valve).step())?.steps, 1);
  // an agent of any space is one of all spaces
  const any: Agent = opener;
  same<ReturnType<typeof any.act>, Action>(false);
  const loaded: Agent<Discrete> = await loadAgent(chooser.save());
  assert.is(loaded.act([0]), chooser.act([0]));
});

test("a world whose step takes another kind of action does not compile", () => {
  const wrong: Environment<Box> = {
    ...valve,
    // @ts-expect-error: the actions of a box are arrays
    step: (a: number) => ({ ...answer, reward: a }),
  };
  const choices: Environment<Discrete> = {
    ...coin,
    // @ts-expect-error: the actions of a discrete space are numbers
    step: ([a]: Float32Array) => ({ ...answer, reward: a }),
  };
  const trained = (agent: Agent<Box>) =>
    // @ts-expect-error: the agent acts in a box, and the world expects a number
    train(agent, { ...valve, step: (a: number) => ({ ...answer, reward: a }) });
  assert.ok(wrong && choices && trained);
});

test("what a run tells of a step has the action's type, too", async () => {
  const chooser = await createAgent(coin, small);
  const seenActions: number[] = [];
  const run = train(chooser, coin, { steps: 3, onStep: ({ action }) => void seenActions.push(action) });
  const step = await run.step();
  if (step) same<typeof step.action, number>(true);
  assert.equal(seenActions, [step?.action]);
  const opener = await createAgent(valve, small);
  // @ts-expect-error: the actions of a box are no numbers
  train(opener, valve, { onStep: ({ action }) => action.toFixed(1) });
});

test("JSON prints actions as arrays, and nothing else tells them from others", async () => {
  const opener = await createAgent(valve, small);
  const both = await createAgent({ ...seen, actionSpace: multiDiscrete([2, 3]) }, small);
  const action = opener.act([0]);
  assert.is(JSON.stringify({ action }), `{"action":[${action[0]}]}`);
  assert.match(JSON.stringify(both.act([0], { policy: "habit" })), /^\[[01],[012]\]$/);
  assert.equal(Object.keys(action), ["0"]);
  assert.equal(action, Float32Array.of(action[0]));
  assert.instance(structuredClone(action), Float32Array);
});

test.run();
