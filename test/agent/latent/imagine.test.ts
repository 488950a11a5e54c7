import { test } from "uvu";
import * as assert from "uvu/assert";
import { isTimeToImagine, planRemembered } from "../../../src/agent/latent/imagine.ts";
import { IMAGINED_PLANS, type LatentState } from "../../../src/agent/latent/state.ts";
import { rowOf } from "../../../src/core/table.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { type Agent, loadAgent, type Options } from "../../../src/index.ts";
import { isSame, live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";

/** [rows] whether a remembered step is planned; the posterior of its action sums to one for each dimension then. */
function plannedRows(agent: Agent): boolean[] {
  const { sequences } = agent.state as LatentState;
  const { X, A, labels, counts } = sequences;
  return Array.from({ length: counts.rows }, (_, row) => {
    const values = rowOf(sequences, row);
    const isPlanned = values[X + A + 2 + labels] === 1;
    const sum = values.subarray(X + A + 2, X + A + 2 + labels).reduce((all, share) => all + share, 0);
    assert.ok(Math.abs(sum - Number(isPlanned)) < 1e-4);
    assert.ok(Number.isFinite(values[X + A + 3 + labels]));
    assert.is(isPlanned || values[X + A + 3 + labels] === 0, true);
    return isPlanned;
  });
}

const options = { habitShare: 0.25, imagination: 2, updates: 2 } as const satisfies Options;

test("plans are imagined as often as the options say", () => {
  const count = (imagination: number, updates: number, most: number) =>
    Array.from({ length: most }, (_, i) => isTimeToImagine({ imagination, updates }, i + 1)).filter(Boolean)
      .length;
  // 2 plans a step, 8 at once, 3 updates a step
  assert.is(count(2, 3, 3 * 40), (40 * 2) / IMAGINED_PLANS);
  assert.is(count(0, 3, 120), 0);
});

test("steps of the warm-up, which were not planned, are planned anew", async () => {
  for (const imagination of [0, 4]) {
    const { agent, environment } = await latentAgent("cartpole", { ...options, imagination });
    live(agent, environment, 120);
    const early = plannedRows(agent).slice(0, 20).filter(Boolean).length;
    assert.ok(imagination === 0 ? early === 0 : early > 5, `${early}`);
  }
});

test("an imagined plan begins at the latent of one step of its chunk, for the members in turn", async () => {
  const { agent, environment } = await latentAgent("cartpole", { ...options, members: 2, particles: 4 });
  live(agent, environment, 60);
  const state = agent.state as LatentState;
  const { imagining } = state.work;
  const { latents } = state.learner.work.pass;
  // each number tells its place
  for (let i = 0; i < latents.length; i++) latents[i] = i / 2 ** 20;
  planRemembered(state, 60);
  const S = imagining.model.stateRows;
  const M = imagining.states.length / (IMAGINED_PLANS * S);
  assert.is(M, 4);
  for (let plan = 0; plan < IMAGINED_PLANS; plan++) {
    const chunk = (plan * TILE) / IMAGINED_PLANS;
    const place = 2 ** 20 * imagining.states[plan * M * S];
    assert.is(place % ((S - 1) * TILE), chunk, `plan ${plan} begins at ${place}`);
    for (let k = 0; k < M; k++) {
      const own = imagining.states.subarray((plan * M + k) * S, (plan * M + k + 1) * S);
      for (let d = 0; d < S - 1; d++) assert.is(own[d], (place + d * TILE) / 2 ** 20);
      assert.is(own[S - 1], k % 2);
    }
  }
});

test("no step that ended the world is planned at", async () => {
  const { agent, environment } = await latentAgent("cartpole", { ...options, imagination: 8 });
  live(agent, environment, 150);
  const { sequences } = agent.state as LatentState;
  const { list, counts } = sequences.terminals;
  const planned = plannedRows(agent);
  assert.ok(counts.rows > 2);
  assert.not.ok([...list.subarray(0, counts.rows)].some((row) => planned[row]));
});

test("a loaded agent goes on alike", async () => {
  const { agent, environment } = await latentAgent("pendulum", options);
  live(agent, environment, 60);
  agent.reset();
  const loaded = await loadAgent(agent.save());
  const other = (await latentAgent("pendulum")).environment;
  live(agent, environment, 30, 2);
  live(loaded, other, 30, 2);
  assert.ok(isSame(agent.save(), loaded.save()));
});

test("learning in slices changes no bit", async () => {
  const grow = async (most: number) => {
    const { agent, environment } = await latentAgent("pendulum", options);
    let { observation } = environment.reset({ seed: 1 });
    agent.reset();
    for (let i = 0; i < 40; i++) {
      const action = agent.act(observation, { explore: true });
      const step = environment.step(action);
      agent.remember({ ...step, observation, action, nextObservation: step.observation });
      while (agent.update({ most }).owed > 0);
      observation = step.observation;
    }
    return agent.save();
  };
  assert.ok(isSame(await grow(1), await grow(Infinity)));
});

test.run();
