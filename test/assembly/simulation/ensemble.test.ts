/** The whole rollout against its f64 twin, which is given the kernel's random numbers. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout } from "../../../src/core/planner.ts";
import { normal, uniform } from "../../../src/core/random.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { headSize } from "../../../src/models/generativeModel.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { actionsOf, type Built, buildPlan, linear, ofPlan, worldOf } from "../../helpers/plan.ts";
import { average, randomRow, randomRows } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { randomNetwork } from "../../reference/nn.ts";
import { type Draws, simulate, type World } from "../../reference/planner.ts";

const core = debugCore();

/** Streams and particle counters, as `assembly/planner/plan.ts` gives them out. */
const [RATIO, MEMBER, MODEL] = [2, 3, 5];

/** The random numbers of one lane of the kernel. */
function drawsOf(
  { seed, stream, step, horizon, models, starts, sharesDraws }: World,
  lane: number,
  particle: number,
): Draws {
  const D = starts[0].length;
  const row = (kind: number, rows: number, time: number, draw: typeof normal) =>
    core.scope(() => {
      // draws that are shared are those of the first lane of the first tile
      const clock = sharesDraws ? time : Math.floor(lane / TILE) * horizon + time;
      const values = draw(core, core.f32(rows * TILE), seed[0], seed[1], stream + kind, clock, step);
      const column = sharesDraws ? 0 : lane % TILE;
      return Array.from({ length: rows }, (_, r) => values[r * TILE + column]);
    });
  return {
    noise(time) {
      if (!sharesDraws) return row(MODEL + particle, D, time, normal);
      const sign = particle % 2 === 0 ? 1 : -1;
      return row(MODEL + particle - (particle % 2), D, time, normal).map((value) => sign * value);
    },
    epsilon: (time) => {
      const values = row(RATIO, models.length * (D + 1), time, normal);
      return models.map((_, e) => values.slice(e * (D + 1), (e + 1) * (D + 1)));
    },
    member: (time) => Math.floor(models.length * row(MEMBER, 1, time, uniform)[0]),
  };
}

/** The twin's score of a candidate, from the actions the kernel holds after the rollout. */
function expectedScore(built: Built, plan: number, candidate: number): number {
  const { world } = built;
  const actions = actionsOf(built, plan, candidate).map((u) => (world.isDiscrete ? u : u.map(Math.tanh)));
  return average(
    Array.from({ length: world.particles }, (_, particle) => {
      const draws = drawsOf(world, plan * world.candidates + candidate, particle);
      return simulate(world, world.starts[plan], actions, particle, draws);
    }),
  );
}

/** A world with random networks: everything differs from everything. */
function randomWorld(D: number, A: number, hidden: number[], changes: Partial<World>): World {
  const random = mulberry32(D * 10 + A);
  const bins = changes.isDiscrete ? A : 7;
  const plans = changes.plans ?? 1;
  return worldOf(D, A, {
    models: [0, 1, 2].map(() => randomNetwork(random, [D + A, ...hidden, headSize(D)], "silu")),
    habit: randomNetwork(random, [D, ...hidden, changes.isDiscrete ? A : A * bins], "tanh"),
    value: randomNetwork(random, [D, ...hidden, 1], "relu"),
    bins,
    starts: randomRows(random, plans, D, -2, 2),
    shift: randomRow(random, D),
    scale: randomRow(random, D, 0.5, 2),
    stepScale: randomRow(random, D, 0.1, 0.5),
    firstMember: 1,
    discount: 0.93,
    rewardMean: -0.3,
    rewardStd: 2,
    rewardLow: -2.5,
    rewardHigh: 1.5,
    endingMean: 0.6,
    endingStd: 1.7,
    valueMean: -7,
    valueStd: 4,
    informationWeight: 0.7,
    likelihoodNoise: 0.3,
    horizon: 5,
    hasEndings: true,
    usesValue: true,
    seed: [123, 456],
    stream: 1000,
    step: 77,
    ...changes,
  });
}

/** One-hots of n choices each, after some other numbers. */
function oneHots(before: number, ...sizes: number[]): number[] {
  return [
    ...new Array<number>(before).fill(0),
    ...sizes.flatMap((n) => [n, ...new Array<number>(n - 1).fill(0)]),
  ];
}

const stops = { stopEvery: 2, stopShare: 0.3 };
const information = { usesInformation: true, usesNoise: true };
const cases: [string, World][] = [
  ["one step, one layer, one plan", randomWorld(1, 1, [], { horizon: 1 })],
  ["member means, several tiles", randomWorld(3, 1, [10], { candidates: 40, particles: 3 })],
  ["plans that share tiles", randomWorld(2, 3, [9, 6], { plans: 5, candidates: 12, particles: 2 })],
  ["a world that never ends", randomWorld(3, 1, [10], { candidates: 40, particles: 3, hasEndings: false })],
  ["sampled noise", randomWorld(3, 2, [12, 7], { plans: 2, candidates: 20, particles: 5, usesNoise: true })],
  [
    "draws that all share",
    randomWorld(3, 2, [9], { candidates: 40, particles: 4, usesNoise: true, sharesDraws: true }),
  ],
  ["several horizons", randomWorld(3, 1, [10], { plans: 2, candidates: 20, particles: 2, ...stops })],
  ["several horizons, the last one a stop", randomWorld(2, 1, [8], { candidates: 8, horizon: 4, ...stops })],
  ["several horizons without a value", randomWorld(2, 1, [8], { candidates: 8, usesValue: false, ...stops })],
  [
    "information alone, with draws that all share",
    randomWorld(2, 2, [6], {
      candidates: 36,
      ...information,
      sharesDraws: true,
      ignoresRewards: true,
      usesValue: false,
    }),
  ],
  [
    "information with novelty",
    randomWorld(2, 2, [6], {
      candidates: 36,
      ...information,
      novelty: randomNetwork(mulberry32(5), [4, 8, 8], "tanh"),
    }),
  ],
  [
    "states with one-hots between other numbers",
    randomWorld(7, 2, [9], {
      ...{ candidates: 40, particles: 3, usesNoise: true },
      choices: oneHots(1, 3, 3),
    }),
  ],
  [
    "a one-hot of more choices than the bound of states has room for, with information",
    randomWorld(70, 2, [5], { ...{ candidates: 32, horizon: 3 }, ...information, choices: oneHots(0, 70) }),
  ],
  ["discrete actions", randomWorld(4, 5, [8], { plans: 3, candidates: 16, isDiscrete: true, particles: 2 })],
  ["information", randomWorld(3, 1, [10], { plans: 2, candidates: 36, ...information })],
  ["information on means", randomWorld(2, 2, [6], { candidates: 32, usesInformation: true })],
  [
    "information, never ending",
    randomWorld(2, 2, [6], { candidates: 32, ...information, hasEndings: false }),
  ],
  ["information, discrete", randomWorld(2, 3, [6], { candidates: 8, isDiscrete: true, ...information })],
  [
    "habit candidates",
    randomWorld(3, 2, [11], { plans: 3, candidates: 20, habitCandidates: 9, particles: 2 }),
  ],
  [
    "habit candidates, discrete, information",
    randomWorld(3, 4, [11], {
      plans: 2,
      candidates: 24,
      habitCandidates: 23,
      isDiscrete: true,
      ...information,
    }),
  ],
];

for (const [name, world] of cases)
  test(`rollout matches the f64 simulation: ${name}`, () => {
    core.scope(() => {
      const built = buildPlan(core, world);
      propose(core, built.plan);
      rollout(core, built.plan);
      for (let s = 0; s < world.plans; s++) {
        const expected = ofPlan(built, built.scores, s).map((_, n) => expectedScore(built, s, n));
        // a score of ten terms through networks of three layers: four times the largest error seen
        assert.ok(maxAbsError(ofPlan(built, built.scores, s), expected) < 5e-6);
        assert.ok(Math.max(...expected) - Math.min(...expected) > 0.05);
      }
    });
  });
test("particles of one tile may follow different members, each its own", () => {
  core.scope(() => {
    const shape = { plans: 3, candidates: 8, usesNoise: true, firstMember: 2 };
    const together = buildPlan(core, randomWorld(3, 2, [10], shape));
    const S = 4;
    const followed = [1, 0, 2];
    for (const [s, member] of followed.entries()) together.states[s * S + S - 1] = member;
    propose(core, together.plan);
    const actions = together.actions.slice();
    rollout(core, together.plan);
    const scores = together.scores.slice();
    for (const [s, member] of followed.entries()) {
      for (let k = 0; k < 3; k++) together.states[k * S + S - 1] = member;
      together.actions.set(actions);
      rollout(core, together.plan);
      assert.equal(ofPlan(together, together.scores, s), ofPlan(together, scores, s));
    }
  });
});

test("mirrored noise leaves no luck: the mean of a pair of futures of a linear model is its future without noise", () => {
  core.scope(() => {
    const models = [linearModel([[0.3, -0.2, 0.7, 0.1]])];
    const world = worldOf(3, 1, {
      models,
      candidates: 12,
      horizon: 4,
      particles: 2,
      usesNoise: true,
      sharesDraws: true,
    });
    const scoresOf = (changes: Partial<World>) => {
      const built = buildPlan(core, { ...world, ...changes });
      propose(core, built.plan);
      rollout(core, built.plan);
      return ofPlan(built, built.scores, 0);
    };
    const paired = scoresOf({});
    assert.ok(maxAbsError(paired, scoresOf({ usesNoise: false })) < 1e-5);
    assert.ok(maxAbsError(paired, scoresOf({ sharesDraws: false })) > 1e-3);
  });
});

/** A model of three states whose reward is linear in state and action, and whose changes are noise alone. */
function linearModel(reward: readonly number[][]) {
  const outputs = Array.from({ length: headSize(3) }, (_, o) => (o === 3 ? [...reward[0]] : [0, 0, 0, 0]));
  return linear(
    outputs,
    outputs.map(() => 0),
  );
}

test.run();
