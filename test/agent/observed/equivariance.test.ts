/** What changes of units change: nothing, to the bit where the units are powers of two and sums are exact. */
import { array, asyncProperty, assert as check, integer } from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSafetensors } from "../../../src/core/safetensors.ts";
import { box, createAgent, discrete, type Environment } from "../../../src/index.ts";

const settings = {
  ...{
    members: 2,
    hidden: [8],
    horizon: 4,
    candidates: 8,
    updates: 2,
    batch: 32,
    lessons: 64,
    valueLessons: 32,
  },
  ...{ warmup: 24, warmupUpdates: 8, delay: 20, memory: 200, seed: 5 },
};
const STEPS = 110;

/** Units of a world's numbers. */
interface Units {
  readonly reward?: number;
  readonly rewardShift?: number;
  readonly observation?: number;
  readonly observationShift?: number;
}

/**
 * A point on a line and its speed, both multiples of 2⁻¹⁰, and a third number that never varies; with `ends` the world
 * ends beyond 3.
 */
function world(units: Units, { ends, actions }: { ends: boolean; actions: "box" | "discrete" }): Environment {
  const { reward: c = 1, rewardShift = 0, observation: k = 1, observationShift = 0 } = units;
  const round = (x: number) => Math.round(x * 1024) / 1024;
  let [x, v, t] = [0, 0, 0];
  const seen = () => [x, v, 3].map((value) => k * value + observationShift);
  return {
    observationSpace: box([-1e30, -1e30, -1e30], [1e30, 1e30, 1e30]),
    actionSpace: actions === "box" ? box([-1], [1]) : discrete(3),
    reset({ seed = 0 } = {}) {
      [x, v, t] = [round(Math.sin(seed)), 0, 0];
      return { observation: seen() };
    },
    step(action) {
      const force = typeof action === "number" ? action - 1 : action[0];
      v = round(0.9 * v + 0.25 * force);
      x = round(x + v);
      t++;
      const terminated = ends && Math.abs(x) > 3;
      const reward = c * (round(-x * x) - (terminated ? 5 : 0)) + rewardShift;
      return { observation: seen(), reward, terminated, truncated: t === 30 };
    },
  };
}

/** All actions, and the parameters of all networks at the end. */
async function life(units: Units, kind: { ends: boolean; actions: "box" | "discrete" }, steps = STEPS) {
  const environment = world(units, kind);
  const agent = await createAgent(environment, settings);
  const actions: number[] = [];
  let episode = 0;
  let { observation } = await environment.reset({ seed: episode });
  for (let i = 0; i < steps; i++) {
    const action = agent.act(observation, { explore: true });
    actions.push(typeof action === "number" ? action : action[0]);
    const step = await environment.step(action);
    agent.learn({ ...step, observation, action, nextObservation: step.observation });
    observation = step.observation;
    if (step.terminated || step.truncated) {
      ({ observation } = await environment.reset({ seed: ++episode }));
      agent.reset();
    }
  }
  const { tensors } = readSafetensors(agent.save());
  const parameters = Object.keys(tensors).filter((name) => /parameters$/.test(name));
  return { actions, parameters: parameters.map((name) => [...tensors[name]]) };
}

const runs = { numRuns: 3 };

for (const kind of [
  { ends: false, actions: "box" },
  { ends: true, actions: "discrete" },
] as const) {
  const name = kind.ends ? "where the world ends" : "where nothing ends";
  const own = life({}, kind);

  test(`powers of two between 2⁻³⁰ and 2³⁰ scale rewards, between 2⁻³⁴ and 2³⁴ observations, and change no bit, ${name}`, async () => {
    const exponent = (most: number) => integer({ min: -most, max: most });
    const property = asyncProperty(exponent(30), exponent(34), async (r, x) => {
      assert.equal(await life({ reward: 2 ** r, observation: 2 ** x }, kind), await own);
    });
    await check(property, {
      ...runs,
      examples: [
        [-30, 34],
        [30, -34],
      ],
    });
  });

  test(`a constant that is added to observations changes no bit, ${name}`, async () => {
    const property = asyncProperty(integer({ min: -(2 ** 30), max: 2 ** 30 }), async (shift) => {
      assert.equal(await life({ observationShift: shift / 8 }, kind), await own);
    });
    await check(property, { ...runs, examples: [[8e8], [-1.4e10]] });
  });
}

test("other rewards change actions, and a constant does where the world ends", async () => {
  const differs = async (units: Units, kind: { ends: boolean; actions: "box" | "discrete" }) => {
    const [own, other] = [await life({}, kind), await life(units, kind)];
    return own.actions.some((action, i) => action !== other.actions[i]);
  };
  assert.ok(await differs({ reward: -1 }, { ends: false, actions: "box" }));
  assert.ok(await differs({ rewardShift: 100 }, { ends: true, actions: "discrete" }));
});

test("a constant that is added to every reward changes no bit where nothing ends", async () => {
  const kind = { ends: false, actions: "box" } as const;
  const own = life({}, kind);
  const property = asyncProperty(integer({ min: -(2 ** 30), max: 2 ** 30 }), async (shift) => {
    assert.equal(await life({ rewardShift: shift / 1024 }, kind), await own);
  });
  await check(property, { ...runs, examples: [[102_400], [-1e9]] });
});

test("the scales of dimensions that are exchanged are exchanged", async () => {
  const rows = array(integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 4 });
  const property = asyncProperty(array(rows, { minLength: 30, maxLength: 30 }), async (observations) => {
    const scalesOf = async (order: readonly number[]) => {
      const space = box([-1e3, -1e3, -1e3, -1e3], [1e3, 1e3, 1e3, 1e3]);
      const agent = await createAgent({ observationSpace: space, actionSpace: box([-1], [1]) }, settings);
      const seen = observations.map((x) => order.map((d) => x[d]));
      seen.slice(1).forEach((nextObservation, i) => {
        const ends = { terminated: false, truncated: false };
        agent.remember({ observation: seen[i], action: [0], reward: 0, nextObservation, ...ends });
      });
      agent.update({ most: 1 });
      const { tensors } = readSafetensors(agent.save());
      const names = ["inputShift", "inputScale", "targetScale", "stepScale"];
      return names.map((name) => tensors[`model.statistics.${name}`]);
    };
    const [plain, moved] = [await scalesOf([0, 1, 2, 3]), await scalesOf([2, 0, 3, 1])];
    plain.forEach((scale, i) => {
      assert.equal(
        [2, 0, 3, 1].map((d) => scale[d]),
        [...moved[i].subarray(0, 4)],
      );
    });
  });
  await check(property, { numRuns: 5 });
});

test.run();
