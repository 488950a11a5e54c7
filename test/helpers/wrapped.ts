/** What holds for every wrapper of environments. */
import * as assert from "uvu/assert";
import type { Environment, Start, Step, Vector, VectorWorld } from "../../src/environments/environment.ts";
import { pendulum } from "../../src/environments/pendulum.ts";
import { later } from "./later.ts";
import { tools } from "./worldTools.ts";

/** Numbers of an answer, without its info: that may hold times. */
const numbersOf = (answer: Start | Step) => {
  const { observation, info: _, ...rest } = answer as Step;
  return { ...rest, observation: Array.from(observation as Vector) };
};

/** The action of step t. */
type Acting = (t: number) => readonly number[];

/** Checks that a wrapper of Pendulum answers alike at once and later, copies its episode, and shares no array. */
export async function expectWrapper(
  wrap: (environment: Environment) => Environment,
  act: Acting = (t) => [2 * Math.sin(t)],
): Promise<void> {
  await expectPromised(wrap, act);
  await expectCopies(wrap, act);
  await expectOwnArrays(wrap, act);
}

async function expectPromised(wrap: (environment: Environment) => Environment, act: Acting) {
  const [prompt, late] = [wrap(pendulum(tools)), wrap(later(pendulum(tools)))];
  for (const seed of [3, 4]) {
    const [start, promised] = [prompt.reset({ seed }), late.reset({ seed })];
    assert.instance(promised, Promise);
    assert.equal(numbersOf(await promised), numbersOf(start as Start));
    for (let t = 0; t < 7; t++) {
      const step = late.step(act(t));
      assert.instance(step, Promise);
      assert.equal(numbersOf(await step), numbersOf(prompt.step(act(t)) as Step));
    }
  }
  assert.equal([late.save, late.load], [undefined, undefined]);
}

async function expectCopies(wrap: (environment: Environment) => Environment, act: Acting) {
  const [world, other] = [wrap(pendulum(tools)), wrap(pendulum(tools))];
  await world.reset({ seed: 3 });
  for (let t = 0; t < 4; t++) await world.step(act(t));
  const saved = JSON.stringify(world.save?.());
  const steps = async (environment: Environment) => {
    const answers: unknown[] = [];
    for (let t = 4; t < 9; t++) answers.push(numbersOf(await environment.step(act(t))));
    return answers;
  };
  const expected = await steps(world);
  other.load?.(JSON.parse(saved));
  assert.equal(await steps(other), expected);
  // what was saved does not change with the world
  world.load?.(JSON.parse(saved));
  assert.is(JSON.stringify(world.save?.()), saved);
}

/** A world that answers with one array, which it overwrites, and clears the action that it was given. */
function careless(world: VectorWorld): VectorWorld {
  const array = new Float32Array(world.observationSpace.low.length);
  const reused = <Answer extends Start<Vector>>(answer: Answer): Answer => {
    array.set(answer.observation);
    return { ...answer, observation: array };
  };
  return {
    observationSpace: world.observationSpace,
    actionSpace: world.actionSpace,
    reset: (options) => reused(world.reset(options)),
    step: (action) => reused(world.step(action)),
  };
}

async function expectOwnArrays(wrap: (environment: Environment) => Environment, act: Acting) {
  const [careful, world] = [wrap(pendulum(tools)), wrap(careless(pendulum(tools)))];
  const seen: ArrayLike<number>[] = [];
  const kept: (readonly number[])[] = [];
  for (const environment of [careful, world]) {
    seen.length = 0;
    let { observation } = await environment.reset({ seed: 3 });
    for (let t = 0; t < 5; t++) {
      seen.push(observation as Vector);
      if (environment === careful) kept.push(Array.from(observation as Vector));
      ({ observation } = await environment.step(act(t)));
    }
  }
  const isCopying = seen[0] !== seen[1];
  // a wrapper that leaves observations alone passes them on as they are; one that makes its own makes new ones
  if (isCopying)
    assert.equal(
      seen.map((x) => Array.from(x)),
      kept,
    );
}
