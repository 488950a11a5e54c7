/** What the shell asks of a mind, with a mind that only writes down what it is asked. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { act } from "../../src/agent/act.ts";
import { allocateChoiceRow } from "../../src/agent/choose.ts";
import { createCuriosity } from "../../src/agent/curiosity.ts";
import type { Policy } from "../../src/agent/interface.ts";
import { createLane, type Evidence, resetLane } from "../../src/agent/lane.ts";
import { remember, update } from "../../src/agent/learn.ts";
import type { AgentState, Mind } from "../../src/agent/mind.ts";
import { resolveOptions } from "../../src/agent/options.ts";
import { createWatch, type MindEvidence } from "../../src/agent/watch/watch.ts";
import { type Core, createCore } from "../../src/core/core.ts";
import { allocatePlan } from "../../src/core/planner.ts";
import { STREAMS } from "../../src/core/streams.ts";
import { box } from "../../src/index.ts";
import type { Planner } from "../../src/inference/plan.ts";
import type { Round } from "../../src/inference/planner.ts";
import { createSchedule } from "../../src/learning/schedule.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateNetwork } from "../../src/models/network.ts";

const WARMUP = 3;
const spaces = { observationSpace: box([-1, -1], [1, 1]), actionSpace: box([-2], [2]) };
const bound = { reward: 0, informationGain: 0, stateConsistency: 0, actionConsistency: 0, total: 0 };

/** Of a mind that has seen nothing. */
const nothing: MindEvidence = {
  ...{ rewardLow: Infinity, rewardHigh: -Infinity, terminations: 0, dimensions: 2, varied: 0 },
  ...{ foresight: undefined, compare: undefined },
};

/** An agent over a mind that writes down what it is asked. */
async function written() {
  const real = await createCore({ bytes: 1 << 16 });
  const settings = resolveOptions({
    warmup: WARMUP,
    iterations: 2,
    firstIterations: 3,
    horizon: 2,
    updates: 1,
  });
  const coding = actionCoding(spaces.actionSpace, 3);
  const log: unknown[] = [];
  /** Rounds of the last plan. */
  const rounds = { count: 0 };
  /** Kernels that count rounds, and find the same plan always. */
  const kernels = {
    ...real.kernels,
    ...{ propose: () => rounds.count++, rollout() {}, weigh() {}, labelFirstAction() {} },
    refine(plan: number) {
      const planner = lanes.map((lane) => lane.planner).find((one) => one.plan.words.byteOffset === plan);
      planner?.mean.set([0.5, -0.25]);
      planner?.std.fill(0.125);
    },
  };
  const core = { ...real, kernels } as Core;
  const lanes = [0, 1].map((l) => {
    const planner = {
      ...{ plans: 1, model: { coding, isObserved: false }, settings, plan: allocatePlan(core) },
      ...{ mean: core.f32(2), std: core.f32(2), info: core.f32(4) },
      record: { prior: core.f32(0) },
      label: Float32Array.of(l, 0, 0),
    } as unknown as Planner;
    const belief = {
      state: {},
      reset: () => log.push(["reset", l]),
      update({ action, observation, reward }: Evidence, step: number) {
        log.push(["belief", l, [...action], [...observation], reward, step]);
        return { informationGain: 1, stateConsistency: -2 };
      },
      particles({ mean, std }: Planner, { stream, step }: Pick<Round, "stream" | "step">) {
        log.push(["plan", [...mean], [...std], stream, step]);
        rounds.count = 0;
      },
      features: (out: Float32Array) => out.fill(l),
      summary: () => undefined,
    };
    return createLane({ belief, planner, features: core.f32(4) }, 2);
  });
  const mind: Mind = {
    state: { core, settings, spaces },
    guide: { habit: allocateNetwork(core, [4, 3], "silu") } as Mind["guide"],
    mayMiss: false,
    hasGoal: () => true,
    looksFar: () => false,
    candidates: {} as Mind["candidates"],
    readiness: () => ({ informationWeight: 0, usesHabit: false, usesValue: false }),
    worthLeftOut: () => 0,
    warnings: () => ["odd"],
    origin: [0, 0],
    observe: (states) => states,
    configure() {},
    remember(lane, { reward }, label) {
      log.push([
        "remember",
        lanes.indexOf(lane),
        [...lane.action],
        reward,
        label && [...label],
        lane.counts.terms,
      ]);
      return { bound, isSurprising: false };
    },
    undone: () => 0,
    habitLogits: core.f32(4),
    evidence: () => nothing,
    breakOff() {},
    learn: ({ kind, step }) => {
      log.push([kind, step]);
      return undefined;
    },
  };
  const agent: AgentState = {
    ...{
      core,
      spaces,
      settings,
      seed: [1, 0],
      coding,
      counts: { steps: 0, episodes: 0 },
      lanes,
      curiosity: createCuriosity(0),
      mind,
      watch: createWatch(lanes.length, coding.labels),
      planned: undefined,
    },
    schedule: createSchedule({ ...settings, imagination: 0, lessonUpdates: 0, plansAtOnce: 1 }),
    row: allocateChoiceRow(core, coding, []),
  };
  /** What the mind was asked since the last time. */
  const asked = () => log.splice(0);
  return { agent, asked, rounds };
}

/** Moves on to where plans are made. */
function pastWarmup(agent: AgentState): void {
  for (let i = 0; i < WARMUP; i++) {
    const transition = { observation: [0, 0], action: [0], nextObservation: [0, 0], reward: 0 };
    remember(agent, { ...transition, terminated: false, truncated: false });
  }
  update(agent);
  resetLane(agent.lanes[0]);
}

/** The mean and the refinements that a plan begins with. */
const [FRESH, SHIFTED] = [
  { mean: [0, 0], std: [1, 1], iterations: 5 },
  { mean: [-0.25, 0], std: [0.5, 1], iterations: 2 },
];

for (const [policies, expected] of [
  [["plan"], FRESH],
  [["plan", "plan"], SHIFTED],
  [["habit", "plan"], FRESH],
  [["plan", "habit", "plan"], FRESH],
  [["plan", "habit", "plan", "plan"], SHIFTED],
] as const)
  for (const lane of [0, -1])
    test(`lane ${lane}: after ${policies.slice(0, -1).join(", ") || "nothing"} a plan is ${expected === FRESH ? "begun anew" : "shifted"}`, async () => {
      const { agent, asked, rounds } = await written();
      pastWarmup(agent);
      for (const policy of policies.slice(0, -1)) act(agent, [0, 0], { policy, lane });
      asked();
      act(agent, [0, 0], { lane });
      const { mean, std, iterations } = expected;
      assert.equal(asked()[1], ["plan", mean, std, STREAMS.evaluation, policies.length - 1]);
      assert.is(rounds.count, iterations);
    });

test("a lane's actions leave the other's plan as it is", async () => {
  const { agent, asked, rounds } = await written();
  pastWarmup(agent);
  act(agent, [0, 0]);
  for (const policy of ["plan", "habit"] as Policy[]) act(agent, [0, 0], { policy, lane: -1 });
  resetLane(agent.lanes[1]);
  asked();
  act(agent, [0, 0]);
  const { mean, std, iterations } = SHIFTED;
  assert.equal(asked()[1], ["plan", mean, std, STREAMS.evaluation, 1]);
  assert.is(rounds.count, iterations);
});

test("a belief takes in each observation, with the action and the reward before it; draws follow steps or actions", async () => {
  const { agent, asked } = await written();
  pastWarmup(agent);
  asked();
  act(agent, [0.5, 1], { policy: "habit" });
  act(agent, [0.25, 1], { policy: "habit", reward: 7 });
  act(agent, [0, 1], { policy: "habit", explore: true });
  const [first, second, third] = asked() as unknown[][];
  assert.equal([first[3], first[4], first[5]], [[0.5, 1], undefined, 2 ** 31]);
  assert.equal([second[3], second[4], second[5]], [[0.25, 1], 7, 2 ** 31 + 1]);
  assert.equal([third[3], third[4], third[5]], [[0, 1], undefined, WARMUP]);
});

test("during the warm-up exploring plans are chance, of which no belief is asked", async () => {
  const { agent, asked } = await written();
  asked();
  const action = act(agent, [0, 0], { explore: true }) as Float32Array;
  assert.equal([asked(), agent.lanes[0].counts.chosenBy], [[], "chance"]);
  // as the model reads it: torques of ±2 are ±1
  assert.ok(Math.abs(agent.lanes[0].action[0] - action[0] / 2) < 1e-7);
  act(agent, [0, 0], { policy: "habit", explore: true });
  assert.equal([asked().length, agent.lanes[0].counts.chosenBy], [1, "habit"]);
});

test("a transition is remembered with its action, the posterior of its plan and the belief's terms, and owes learning", async () => {
  const { agent, asked } = await written();
  pastWarmup(agent);
  const transition = { nextObservation: [0, 0], reward: 3, terminated: false, truncated: false };
  act(agent, [0.5, 0.5]);
  asked();
  remember(agent, { ...transition, observation: [0.5, 0.5], action: [1] });
  assert.equal(asked(), [["remember", 0, [0.5], 3, [0, 0, 0], { informationGain: 1, stateConsistency: -2 }]]);
  act(agent, [0.5, 0.5]);
  // the reward that was remembered comes with the next observation
  assert.is((asked()[0] as unknown[])[4], 3);
  remember(agent, { ...transition, observation: [0, 0], action: [9] });
  assert.equal((asked()[0] as unknown[]).slice(2, 5), [[1], 3, undefined]);
  assert.is(agent.counts.steps, WARMUP + 2);
  assert.equal([update(agent, { most: 1 }).owed, update(agent).units], [1, 1]);
  assert.equal(asked(), [
    ["model", WARMUP + 1],
    ["model", WARMUP + 2],
  ]);
});

test("an episode that is over is followed by another, without a reset", async () => {
  const { agent } = await written();
  const transition = { observation: [0, 0], action: [0], nextObservation: [0, 0], reward: 0 };
  for (const [terminated, truncated] of [
    [false, false],
    [true, false],
    [false, true],
  ]) {
    remember(agent, { ...transition, terminated, truncated });
    assert.is(agent.lanes[0].counts.isRemembered, !terminated && !truncated);
  }
});

test.run();
