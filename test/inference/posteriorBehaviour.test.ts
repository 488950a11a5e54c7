/** What a planner over beliefs does in small known worlds: looking before leaping, and what draws its curiosity. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { particlesOfStates, updateExactBelief } from "../../src/inference/belief/exact.ts";
import type { PlannerOptions } from "../../src/inference/plannerOptions.ts";
import { plannerOf } from "../../src/inference/posterior.ts";
import { cues } from "../../src/models/problems/cues.ts";
import { fork } from "../../src/models/problems/fork.ts";
import { lightDark } from "../../src/models/problems/lightDark.ts";
import type { Problem } from "../../src/models/problems/problem.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { tMaze } from "../../src/models/problems/tMaze.ts";
import { average, type Random } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 24 });

function drawIndex(random: Random, probabilities: readonly number[]): number {
  const draw = random();
  let cumulative = 0;
  const found = probabilities.findIndex((p) => {
    cumulative += p;
    return cumulative > draw;
  });
  return found < 0 ? probabilities.length - 1 : found;
}

/** Episodes of a T-maze under exact beliefs: the share that ends in the right arm, and of those that looked first. */
function runMazes(settings: PlannerOptions, episodes: number) {
  return core.scope(() => {
    const particles = 12;
    const model = tMaze();
    const { tables } = model;
    const all = {
      candidates: 64,
      iterations: 1,
      horizon: 2,
      temperature: 0.02,
      particles,
      ...settings,
    };
    const planner = plannerOf(core, model, all);
    const random = mulberry32(17);
    const outcomes = Array.from({ length: episodes }, () => {
      const side = drawIndex(random, tables.initial);
      let belief: readonly number[] = tables.initial;
      let looks = 0;
      for (let time = 0; time < 6; time++) {
        const action = planner.plan(particlesOfStates(core, belief, particles)).action as number;
        if (action > 0) return { success: Number(action - 1 === side), looked: Number(looks > 0) };
        looks++;
        const observed = drawIndex(random, tables.observation[0][side]);
        belief = updateExactBelief(model, belief, { action, observed });
      }
      return { success: 0, looked: 1 };
    });
    return {
      success: average(outcomes.map(({ success }) => success)),
      looked: average(outcomes.map(({ looked }) => looked)),
    };
  });
}

for (const search of ["sequences", "smc"] as const) {
  for (const informationWeight of [0.3, 1])
    test(`T-maze, ${search}, β=${informationWeight}, belief: looks at the cue, then goes where it says`, () => {
      const { success, looked } = runMazes({ search, informationWeight }, 500);
      assert.ok(looked >= 0.97, `${looked}`);
      // the cue is right .95 of the time: .03 below is three standard deviations
      assert.ok(success >= 0.93, `${success}`);
    });

  test(`T-maze, ${search}, β=0: leaps, and is right half of the time`, () => {
    const { success, looked } = runMazes({ search, informationWeight: 0 }, 1000);
    assert.ok(looked < 0.03, `${looked}`);
    assert.ok(Math.abs(success - 0.5) < 0.05, `${success}`);
  });

  test(`T-maze, ${search}, β=1, path: a persistent side is worth no look`, () => {
    const { success, looked } = runMazes({ search, informationWeight: 1, conditioning: "path" }, 1000);
    assert.ok(looked < 0.03, `${looked}`);
    assert.ok(Math.abs(success - 0.5) < 0.05, `${success}`);
  });
}

/** Probability that the tiger is left after a net evidence of n for left. */
const tigerBelief = (n: number) => 1 / (1 + (0.15 / 0.85) ** n);

/** Exact discounted return from not knowing, of a policy over the net evidence. */
function tigerReturn(actionAt: (n: number) => number): number {
  const [low, high] = [-8, 8];
  let value = new Map<number, number>();
  const at = (n: number) => value.get(Math.max(low, Math.min(high, n))) ?? 0;
  for (let i = 0; i < 2000; i++) {
    const next = new Map<number, number>();
    for (let n = low; n <= high; n++) {
      const b = tigerBelief(n);
      const action = actionAt(n);
      const left = 0.85 * b + 0.15 * (1 - b);
      if (action === 0) next.set(n, -1 + 0.95 * (left * at(n + 1) + (1 - left) * at(n - 1)));
      else {
        const isTiger = action === 1 ? b : 1 - b;
        next.set(n, -100 * isTiger + 10 * (1 - isTiger) + 0.95 * at(0));
      }
    }
    value = next;
  }
  return at(0);
}

for (const search of ["sequences", "smc"] as const)
  for (const informationWeight of [0.5, 2])
    test(`Tiger, ${search}, β=${informationWeight}: listens to a net evidence of two, for a return of 19.37`, () => {
      core.scope(() => {
        const settings = { search, informationWeight, horizon: 2, discount: 0.95, temperature: 0.5 };
        const all = { ...settings, candidates: 128, particles: 16 };
        const solver = plannerOf(core, tiger(), all);
        const actions = new Map<number, number>();
        for (let n = -8; n <= 8; n++) {
          const belief = particlesOfStates(core, [tigerBelief(n), 1 - tigerBelief(n)], 16);
          actions.set(n, solver.plan(belief).action as number);
        }
        const value = tigerReturn((n) => actions.get(n) ?? 0);
        assert.ok(Math.abs(value - 19.3713683749) < 1e-6, `${value} ${[...actions.values()]}`);
      });
    });

test("the optimal policy's exact return is Tiger's known value", () => {
  const value = tigerReturn((n) => (Math.abs(n) < 2 ? 0 : n > 0 ? 2 : 1));
  assert.ok(Math.abs(value - 19.3713683749) < 1e-9, `${value}`);
});

/** Walks through the dark: the share that stops at the goal, and of those that went to the light first. */
function runWalks(informationWeight: number, episodes: number) {
  return core.scope(() => {
    const [goal, light] = [2, 8];
    const model = lightDark({ goal, light });
    const { tables } = model;
    const particles = 12;
    const settings = { informationWeight, horizon: 9, particles, candidates: 512, temperature: 0.03 };
    const planner = plannerOf(core, model, settings);
    const random = mulberry32(5);
    const walks = Array.from({ length: episodes }, () => {
      let state = drawIndex(random, tables.initial);
      let belief: readonly number[] = tables.initial;
      let lit = 0;
      for (let time = 0; time < 25; time++) {
        const action = planner.plan(particlesOfStates(core, belief, particles)).action as number;
        if (action === 2) return { success: Number(state === goal), lit };
        state = drawIndex(random, tables.transition[state][action]);
        if (Math.abs(state - light) <= 1) lit = 1;
        const observed = drawIndex(random, tables.observation[action][state]);
        belief = updateExactBelief(model, belief, { action, observed });
      }
      return { success: 0, lit };
    });
    return {
      success: average(walks.map(({ success }) => success)),
      lit: average(walks.map(({ lit }) => lit)),
    };
  });
}

test("light and dark: with information the walker goes to the light before it stops at the goal", () => {
  const [curious, blind] = [runWalks(1, 12), runWalks(0, 40)];
  assert.ok(curious.lit >= 0.8 && curious.success >= 0.8, `${curious.lit} ${curious.success}`);
  assert.ok(blind.lit === 0 && blind.success <= 0.7, `${blind.lit} ${blind.success}`);
});

/** The posterior of the second of two actions from the start. */
function shareOf(model: Problem, settings: PlannerOptions, particles: number): number {
  return core.scope(() => {
    const all = { candidates: 1024, iterations: 1, horizon: 1, particles, ...settings };
    const planner = plannerOf(core, model, all);
    return planner.plan(particlesOfStates(core, model.tables.initial, particles)).first[1];
  });
}

/** e^x / (1 + e^x) */
const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const entropyOf = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);

for (const conditioning of ["path", "belief"] as const)
  test(`process noise is sought as β says, where it is seen: ${conditioning}`, () => {
    const places = [0.25, 0.25, 0.25, 0.25];
    for (const informationWeight of [-1, 0, 0.3, 1]) {
      const question = { informationWeight, conditioning, ...(conditioning === "path" && { contrasts: 63 }) };
      const share = shareOf(fork({ places }), question, 64);
      const expected = logistic(informationWeight * Math.log(4));
      // 4σ of a share of 1,024 candidates under weights of up to four; and the bound of contrasts below log 4
      assert.ok(Math.abs(share - expected) < 4 * Math.sqrt(0.25 / 1024) + 0.03, `${share}, ${expected}`);
    }
  });

test("sensing noise is avoided: of two cues the clearer one is looked at, the more the larger β", () => {
  const gain = entropyOf(0.7) - entropyOf(0.95);
  for (const informationWeight of [0, 1, 3]) {
    // the second cue is the blurred one
    const share = shareOf(cues([0.95, 0.7]), { informationWeight }, 64);
    const expected = logistic(-informationWeight * gain);
    assert.ok(Math.abs(share - expected) < 4 * Math.sqrt(0.25 / 1024) + 0.03, `${share}, ${expected}`);
  }
});

test("a noisy television draws nobody, at any β", () => {
  const places = [0.25, 0.25, 0.25, 0.25];
  const television = fork({ places, clarity: 0 });
  for (const conditioning of ["path", "belief"] as const) {
    const shares = [0, 5].map((informationWeight) =>
      shareOf(television, { informationWeight, conditioning }, 16),
    );
    assert.ok(Math.abs(shares[0] - shares[1]) < 1e-4, `${shares}`);
  }
});

test.run();
