import { test } from "uvu";
import * as assert from "uvu/assert";
import { createEnvironment, createPlanner } from "../../../src/index.ts";
import { checkCopies, modelOf } from "../../../src/models/functions/modelOf.ts";
import { batchOf, tools } from "../../helpers/functions.ts";

test("a step of the model is a step of the world, whichever came before", async () => {
  const [world, copy] = await Promise.all([createEnvironment("pendulum"), createEnvironment("pendulum")]);
  const model = modelOf(copy);
  world.reset({ seed: 3 });
  const batch = batchOf(model, 4);
  const [from] = model.at(world.save()).states;
  batch.states.fill(from);
  batch.actions.set([0.5, -1, 0.5, 2]);
  model.step(batch, tools());
  for (let n = 0; n < 4; n++) {
    const before = world.save();
    assert.is(batch.rewards[n], Math.fround(world.step([batch.actions[n]]).reward));
    world.load(before);
  }
});

test("plans on the true physics", async () => {
  const [world, copy] = await Promise.all([createEnvironment("cartpole"), createEnvironment("cartpole")]);
  const model = modelOf(copy);
  const planner = await createPlanner(model, {
    ...{ particles: 1, horizon: 8, budget: 600, temperature: 0.01, informationWeight: 0 },
  });
  world.reset({ seed: 1 });
  let steps = 0;
  for (let isOver = false; !isOver && steps < 60; steps++) {
    const { action } = planner.plan(model.at(world.save()));
    const step = world.step(action);
    isOver = step.terminated || step.truncated;
  }
  // the entire tree of eight steps; actions by chance hold the pole for some 20 steps
  assert.is(steps, 60);
});

test("episodes of the model begin as the world's do", async () => {
  const model = modelOf(await createEnvironment("mountain-car"));
  const states = new Float32Array(8);
  model.initial(states, 8, tools());
  assert.equal([...states], [0, 1, 2, 3, 4, 5, 6, 7]);
});

test("built-in worlds repeat from their copies to the bit", async () => {
  for (const name of ["pendulum", "mountain-car-continuous"]) {
    assert.equal(
      checkCopies(await createEnvironment(name), (time) => [Math.sin(time)], { steps: 60 }),
      [],
    );
  }
});

test("a copy that forgets something is named, with what came", async () => {
  const world = await createEnvironment("pendulum");
  let pushed = 0;
  const forgetful = {
    ...world,
    step: (action: Parameters<typeof world.step>[0]) => {
      const step = world.step(action);
      return { ...step, reward: step.reward + pushed++ };
    },
  };
  const [problem = ""] = checkCopies(forgetful, () => [0], { steps: 20 });
  assert.match(
    problem,
    /^load: expected step 19 after a copy of step 19 to repeat \{"observation":\[.*\}, got \{/,
  );
});

test("refuses worlds that cannot be copied", async () => {
  const { save: _, ...world } = await createEnvironment("pendulum");
  assert.throws(() => modelOf(world), /world.save: expected a function, got undefined/);
});

test.run();
