/** How the belief of an agent becomes the particles that its plans begin at. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { agentOf } from "../../../src/agent/agent.ts";
import { latentAgent } from "../../../src/agent/latent/mind.ts";
import { createLatentState, type LatentState } from "../../../src/agent/latent/state.ts";
import { resolveOptions } from "../../../src/agent/options.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { box, type Options } from "../../../src/index.ts";
import { small } from "../../helpers/smallLatentAgent.ts";

const spaces = { observationSpace: box([-1, -1], [1, 1]), actionSpace: box([-1], [1]) };

/** An untrained agent whose particles count alike, after its first observation. */
async function believing(options: Options) {
  const settings = resolveOptions({ ...small, ...options, model: "latent", bound: "discriminative" });
  const state = await createLatentState(spaces, settings);
  agentOf(latentAgent(state)).act([0.3, -0.2]);
  return state;
}

/** Which particle of the belief each state of the plan is: all its rows are equal. */
function chosen({ filters: [filter], acting: [{ states, settings }] }: LatentState): number[] {
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
function membersOf({ filters: [filter], acting: [{ states, settings }], model }: LatentState) {
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
    state.beliefs[0].particles(state.acting[0].states, { stream: 7, step });
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

test.run();
