/** The belief of an agent about its latent: when there is one, what it takes in, and the particles that plans begin at. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { agentOf } from "../../../src/agent/agent.ts";
import type { LaneBelief } from "../../../src/agent/lane.ts";
import { latentAgent as agentOver } from "../../../src/agent/latent/mind.ts";
import { createLatentState, type LatentState } from "../../../src/agent/latent/state.ts";
import { resolveOptions } from "../../../src/agent/options.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { box, type Options } from "../../../src/index.ts";
import type { BeliefSummary } from "../../../src/types.ts";
import { live } from "../../helpers/smallAgent.ts";
import { latentAgent, small } from "../../helpers/smallLatentAgent.ts";

const OBSERVATION = [1, 0, 0.5];
const spaces = { observationSpace: box([-1, -1], [1, 1]), actionSpace: box([-1], [1]) };

/** An untrained agent whose particles count alike, after its first observation. */
async function believing(options: Options) {
  const settings = resolveOptions({ ...small, ...options, model: "latent", bound: "discriminative" });
  const state = await createLatentState(spaces, settings);
  agentOf(agentOver(state)).act([0.3, -0.2]);
  return state;
}

/** Which particle of the belief each state of the plan is: all its rows are equal. */
function chosen({ filters: [filter], acting: [{ states }], settings }: LatentState): number[] {
  const size = states.length / settings.particles;
  return Array.from({ length: settings.particles }, (_, k) =>
    Array.from({ length: TILE }, (_, n) => n).findIndex((n) =>
      Array.from({ length: size }, (_, d) => d).every(
        (d) => filter.state.particles[d * TILE + n] === states[k * size + d],
      ),
    ),
  );
}

/** The member of each particle, and of each state that is planned from. */
function membersOf({ filters: [filter], acting: [{ states }], settings, model }: LatentState) {
  const { latentSize } = model.sizes;
  return {
    belief: [...filter.state.particles.subarray(latentSize * TILE, (latentSize + 1) * TILE)],
    plan: Array.from({ length: settings.particles }, (_, k) => states[k * (latentSize + 1) + latentSize]),
  };
}

for (const [particles, expected] of [
  [1, [16]],
  [2, [8, 24]],
  [4, [4, 12, 20, 28]],
  [5, [3, 9, 16, 22, 28]],
  [32, Array.from({ length: 32 }, (_, n) => n)],
] as const)
  test(`of particles that count alike, ${particles} are planned from: the middles of equal shares`, async () => {
    assert.equal(chosen(await believing({ particles })), [...expected]);
  });

test("particles are planned from as often as they weigh, counted from the middles of equal shares", async () => {
  const state = await believing({ particles: 4 });
  const [{ weights }] = state.filters.map((filter) => filter.state);
  weights.fill(0);
  // of 32 systematic draws 3 are particle 5, 10 are 9, 16 are 17 and 3 are 30; the 4th, 12th, 20th and 28th are planned from
  for (const [particle, draws] of [
    [5, 3],
    [9, 10],
    [17, 16],
    [30, 3],
  ])
    weights[particle] = draws / 32;
  for (const step of [0, 1, 2]) {
    const [{ belief, planner }] = state.lanes;
    belief.particles(planner, { stream: 7, step });
    assert.equal(chosen(state), [9, 9, 17, 17]);
  }
});

for (const [members, block] of [
  [1, 32],
  [2, 16],
  [4, 8],
  [16, 2],
] as const)
  test(`${members} members hold the particles in blocks of ${block}, so that plans begin with all of them`, async () => {
    const { belief, plan } = membersOf(await believing({ members, particles: members }));
    assert.equal(
      belief,
      Array.from({ length: TILE }, (_, n) => Math.floor(n / block)),
    );
    assert.equal(
      plan,
      Array.from({ length: members }, (_, e) => e),
    );
  });

test("no two steps of an evaluation share their draws, nor with learning", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 25);
  const { lanes } = agent.state as LatentState;
  const belief = lanes[0].belief as { update: LaneBelief["update"] };
  const steps: number[] = [];
  const { update } = belief;
  belief.update = (evidence, step) => {
    steps.push(step);
    return update(evidence, step);
  };
  for (const explore of [true, false]) {
    agent.reset();
    for (let i = 0; i < 3; i++) agent.act([1, 0, 0], { policy: "habit", explore });
  }
  assert.equal(steps, [25, 25, 25, 2 ** 31, 2 ** 31 + 1, 2 ** 31 + 2]);
});

test("members that do not divide the particles hold blocks that differ by one", async () => {
  const { belief, plan } = membersOf(await believing({ members: 5, particles: 5 }));
  assert.equal(
    [0, 1, 2, 3, 4].map((e) => belief.indexOf(e)),
    [0, 7, 13, 20, 26],
  );
  assert.equal(
    belief,
    [...belief].sort((a, b) => a - b),
  );
  assert.equal(plan, [0, 1, 2, 3, 4]);
});

test("the belief has the latent's size, and is there once something was seen", async () => {
  const { agent, environment } = await latentAgent("pendulum", { latentSize: 12, members: 3 });
  assert.is(agent.explain().belief, undefined);
  live(agent, environment, 40);
  agent.reset();
  assert.is(agent.explain().belief, undefined);
  agent.act(OBSERVATION);
  const { mean, std, effectiveSampleSize, logEvidence } = agent.explain().belief as BeliefSummary;
  assert.equal([mean.length, std.length], [12, 12]);
  assert.ok(mean.every(Number.isFinite) && std.every((value) => value >= 0));
  assert.ok(effectiveSampleSize >= 1 && effectiveSampleSize <= 32.001 && Number.isFinite(logEvidence));
  // it is a copy
  agent.act(OBSERVATION);
  assert.not.equal((agent.explain().belief as BeliefSummary).mean, mean);
});

test("during the warm-up an exploring agent acts at random, and believes nothing", async () => {
  const { agent } = await latentAgent("pendulum");
  agent.act(OBSERVATION, { explore: true });
  assert.is(agent.explain().belief, undefined);
});

test("during the warm-up the habit acts by the belief, also exploring", async () => {
  const { agent } = await latentAgent("pendulum");
  agent.act(OBSERVATION, { policy: "habit", explore: true });
  assert.is.not(agent.explain().belief, undefined);
});

test("a reward told by act changes the belief; the same told by learn changes it in the same way", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 40);
  const beliefAfter = (rewards: readonly (number | undefined)[]) => {
    agent.reset();
    for (const reward of rewards) agent.act(OBSERVATION, { reward });
    return agent.explain().belief;
  };
  const told = beliefAfter([undefined, -3, -2]);
  assert.equal(beliefAfter([undefined, -3, -2]), told);
  assert.not.equal(beliefAfter([undefined, undefined, undefined]), told);
  assert.not.equal(beliefAfter([undefined, -3, -1]), told);
  const learned = await latentAgent("pendulum", { updates: 0 });
  live(learned.agent, learned.environment, 40);
  const { agent: one } = learned;
  const beliefs = [false, true].map((isLearned) => {
    one.reset();
    for (let i = 0; i < 3; i++) {
      const action = one.act(OBSERVATION, isLearned || i === 0 ? {} : { reward: -3 });
      const transition = { observation: OBSERVATION, action, nextObservation: OBSERVATION };
      if (isLearned) one.learn({ ...transition, reward: -3, terminated: false, truncated: false });
    }
    return one.explain().belief;
  });
  assert.equal(beliefs[1], beliefs[0]);
});

test("what was not seen is NaN: the belief is then a prediction, and acts all the same", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 60);
  agent.reset();
  agent.act(OBSERVATION);
  const before = agent.explain().belief as BeliefSummary;
  const action = agent.act([Number.NaN, Number.NaN, Number.NaN]);
  assert.ok((action as Float32Array).every((torque) => Math.abs(torque) <= 2));
  // nothing was seen: nothing is evidence, up to the rounding of the weights' sum
  const after = agent.explain().belief as BeliefSummary;
  assert.ok(Math.abs(after.logEvidence - before.logEvidence) < 1e-5);
  agent.act([Number.NaN, 0, 0.5]);
  assert.ok(Math.abs((agent.explain().belief as BeliefSummary).logEvidence - after.logEvidence) > 1e-3);
});

test.run();
