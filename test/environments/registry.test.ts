import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../src/environments/check.ts";
import type { Action, Box, Discrete } from "../../src/environments/environment.ts";
import { createEnvironment, environments } from "../../src/environments/registry.ts";
import type { World } from "../../src/environments/world.ts";

const limits = {
  pendulum: 200,
  "mountain-car-continuous": 999,
  cartpole: 500,
  "mountain-car": 200,
  acrobot: 500,
  "cartpole-swingup": 60,
  "pendulum-position": 200,
  "pendulum-velocity": 200,
  "cartpole-position": 500,
  "mountain-car-continuous-position": 999,
  "pendulum-distractors": 200,
  "t-maze": 3,
  umbrella: 20,
  "car-flag": 160,
  "light-dark": 100,
};

test("the table has the tasks with their limits, titles and one line each", () => {
  assert.equal(Object.fromEntries(environments.map(({ name, timeLimit }) => [name, timeLimit])), limits);
  for (const { title, description } of environments) {
    assert.ok(title.length > 0);
    assert.ok(description.length > 0 && description.length <= 100 && !description.includes("\n"));
  }
});

for (const { name, observationSpace, actionSpace } of environments)
  test(`${name} is made with the spaces of the table and passes checkEnvironment`, async () => {
    const environment = await createEnvironment(name);
    assert.is(environment.observationSpace, observationSpace);
    assert.is(environment.actionSpace, actionSpace);
    assert.equal(checkEnvironment(environment), []);
  });

/** The action of step t: anywhere in the space. */
function actionAt(space: Box | Discrete, t: number): Action {
  return space.kind === "discrete"
    ? (t * t) % space.n
    : space.low.map((low, d) => low + (space.high[d] - low) * (0.5 + 0.5 * Math.sin(t + d)));
}

for (const { name, actionSpace } of environments)
  test(`${name}, saved and loaded in another of its kind, answers alike from there on, resets included`, async () => {
    const [world, other] = [await createEnvironment(name), await createEnvironment(name)];
    const act = (t: number) => (one: World) => one.step(actionAt(actionSpace, t));
    world.reset({ seed: 3 });
    world.reset();
    const { terminated, truncated } = world.step(actionAt(actionSpace, 1));
    if (terminated || truncated) world.reset();
    other.load(JSON.parse(JSON.stringify(world.save())));
    for (let t = 2; t < 40; t++) {
      const [answer, again] = [world, other].map(act(t));
      assert.equal(again, answer);
      if (answer.terminated || answer.truncated) assert.equal(other.reset(), world.reset());
    }
    assert.equal(other.save(), world.save());
  });

test("two environments of one task share nothing", async () => {
  const [one, other] = await Promise.all([createEnvironment("pendulum"), createEnvironment("pendulum")]);
  one.reset({ seed: 1 });
  const before = one.state();
  other.reset({ seed: 2 });
  other.step([1]);
  assert.equal(one.state(), before);
});

const known = Object.keys(limits).join(", ");
for (const [task, hint] of [
  ["pendlum", "; did you mean pendulum?"],
  ["pendu", "; did you mean pendulum?"],
  ["pend", ""],
  ["CartPole-v1", "; did you mean cartpole?"],
  ["MountainCarContinuous", "; did you mean mountain-car-continuous?"],
  ["walker", ""],
])
  test(`an unknown name, ${task}, is answered with the known ones${hint && " and the nearest"}`, async () => {
    try {
      await createEnvironment(task);
      assert.unreachable("no error");
    } catch (error) {
      assert.instance(error, RangeError);
      assert.is((error as Error).message, `task: expected one of ${known}, got "${task}"${hint}`);
    }
  });
test.run();
