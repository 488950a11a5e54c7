/** Worlds in units that nobody expected: what an agent makes of them is what it makes of the plain one. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Agent,
  createAgent,
  type Environment,
  exportHabit,
  loadHabit,
  train,
} from "../../../src/index.ts";
import { cart, cartAgent, GOOD, type Guise, medianReturn } from "../../helpers/cart.ts";

for (const [name, guise] of Object.entries<Guise>({
  "a Unix time stamp as a dimension": { size: 3, see: (state, step) => [...state, 1.7e9 + 0.05 * step] },
  "1e8 on every observation": { see: (state) => state.map((x) => x + 1e8) },
  "observations × 2⁻³⁴": { see: (state) => state.map((x) => x * 2 ** -34) },
  "100 on every reward": { reward: (reward) => reward + 100 },
  "dimensions exchanged": { see: ([x, v]) => [v, x] },
  "discrete actions": { pushes: [-1, 0, 1] },
  "discrete actions in another order": { pushes: [1, -1, 0] },
}))
  test(`is learned: ${name}`, async () => {
    const { reward: _, ...tested } = guise;
    const median = await medianReturn(guise, tested);
    assert.ok(median > GOOD, `${median}`);
  });

const STATES = Array.from({ length: 20 }, (_, i) => [2 * Math.sin(i), 0.3 * Math.cos(3 * i)]);

/** An agent that has seen a third dimension as `third` made it, after 150 steps. */
async function lived(third: (step: number) => number): Promise<Agent> {
  const world = cart({ size: 3, see: (state, step) => [...state, third(step)] });
  const agent = await createAgent(world, { ...cartAgent, seed: 1 });
  for await (const _ of train(agent, world, { steps: 150 }));
  return agent;
}

for (const [name, third, isEqual] of [
  ["was constant", () => 3, true],
  ["hardly varied", (step: number) => 3 + 1e-3 * Math.sin(step), false],
] as const)
  test(`a dimension that ${name} and then moves by 8 or 128 is clipped alike by plan, habit and exported habit`, async () => {
    const agent = await lived(third);
    const habit = await loadHabit(exportHabit(agent));
    const acts = {
      plan: (x: readonly number[]) => agent.act(x, { policy: "plan" }),
      habit: (x: readonly number[]) => agent.act(x, { policy: "habit" }),
      exported: (x: readonly number[]) => habit.act(x),
    };
    const actions = (act: (x: readonly number[]) => unknown, value: number) =>
      STATES.map((state) => {
        agent.reset();
        return [...(act([...state, value]) as Float32Array)];
      });
    for (const act of Object.values(acts)) {
      const [own, near, far] = [3, 3 + 8, 3 + 128].map((value) => actions(act, value));
      assert.equal(near, far);
      if (isEqual) assert.equal(near, own, "what never varied is not read");
    }
    assert.equal(actions(acts.habit, 3 + 128), actions(acts.exported, 3 + 128));
  });

/** Agents that learn from the 30th step on. */
const early = {
  hidden: [8],
  horizon: 4,
  candidates: 16,
  warmup: 30,
  warmupUpdates: 5,
  delay: 10,
  updates: 1,
  seed: 1,
};
const plainCart = (world: Environment) => createAgent(world, { ...early, members: 2, memory: 200 });
const beliefCart = (world: Environment) =>
  createAgent(world, { ...early, model: "latent", chunk: 6, overshoot: 3, overshootStarts: 2, memory: 200 });

test("differences that 32 bits do not hold leave an agent that goes on", async () => {
  const sizes = [1e-36, 1e-39, 1e-42, 1e-160, 1e-310];
  for (const make of [plainCart, beliefCart])
    for (const size of sizes)
      for (const guise of [
        { reward: (reward: number) => reward * size },
        { see: (state: readonly number[]) => state.map((x) => x * size) },
      ] as Guise[]) {
        const world = cart(guise);
        const agent = await make(world);
        for await (const _ of train(agent, world, { steps: 75 }));
        assert.ok(agent.save().length > 0);
        assert.ok(Math.abs((agent.act([size, -size]) as Float32Array)[0]) <= 1);
      }
});

test.run();
