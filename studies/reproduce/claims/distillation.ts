/** Distillation: what the habit is worth to the planner, to learning, and alone. */

import { sink } from "../../../src/bench/interleave.ts";
import { readSafetensors, writeSafetensors } from "../../../src/core/safetensors.ts";
import { createEnvironment, evaluate, loadAgent, type Options } from "../../../src/index.ts";
import type { Policy } from "../../../src/types.ts";
import type { Claim } from "../claim.ts";
import { quantile } from "../table.ts";
import { type Figures, returns, run, stepsUntil, type Trial } from "../trial.ts";
import { PENDULUM } from "./earlierRules.ts";
import { sweep } from "./sweep.ts";

const TASK = "pendulum";
const CANDIDATES = [4, 8, 16, 32];
/** Share of the candidates that the habit proposes. */
const SHARE = 0.5;
/** One refinement a step: the candidates alone make the plan. */
const LEARNING: Options = { ...PENDULUM, candidates: 32, iterations: 1 };
const STEPS = 1000;
const EPISODES = 10;
const RETURN = "planner return";

export const candidatesClaim: Claim = {
  name: "habit-candidates",
  title: "The habit's proposals stand for many candidates",
  kind: "line",
  x: "candidates",
  y: RETURN,
  xScale: "even",
  series: { "with the habit": planned(SHARE), "without it": planned(0), "the habit alone": habitual },
};

/** The plans of one trained agent, with other settings than it has learned with. */
function planned(habitShare: number): Trial {
  return async (seed) => {
    const agent = await train(seed);
    return sweep("candidates", CANDIDATES, (candidates) =>
      look(withSettings(agent, { candidates, habitShare }), "plan"),
    )(seed);
  };
}

async function habitual(seed: number): Promise<Figures> {
  const figures = await look(await train(seed), "habit");
  return sweep("candidates", CANDIDATES, () => figures)(seed);
}

async function train(seed: number): Promise<Uint8Array> {
  return (await run(TASK, seed, LEARNING, { steps: STEPS, watch: () => true })).save();
}

/** A saved agent with other settings; they must not change the sizes of what it has learned. */
export function withSettings(agent: Uint8Array, changes: Options): Uint8Array {
  const { tensors, format } = readSafetensors(agent);
  const known = JSON.parse(new TextDecoder().decode(tensors.settings));
  const settings = new TextEncoder().encode(JSON.stringify({ ...known, ...changes }));
  return writeSafetensors({ ...tensors, settings }, format);
}

async function look(agent: Uint8Array, policy: Policy): Promise<Figures> {
  const world = await createEnvironment(TASK);
  const { meanReturn } = await evaluate(await loadAgent(agent), world, { episodes: EPISODES, policy });
  return { [RETURN]: meanReturn, "µs an action": await actionTime(agent, policy) };
}

/** Median time of an action, in blocks of which the first half warms up: µs, whatever else the machine does meanwhile. */
async function actionTime(bytes: Uint8Array, policy: Policy): Promise<number> {
  const agent = await loadAgent(bytes);
  const { observation } = (await createEnvironment(TASK)).reset({ seed: 1 });
  const size = policy === "plan" ? 1 : 100;
  const times = Array.from({ length: 400 }, () => {
    const start = performance.now();
    for (let i = 0; i < size; i++) sink.value = agent.act(observation, { policy });
    return (1000 * (performance.now() - start)) / size;
  });
  return quantile(times.slice(200), 0.5);
}

const SHARES = [0, 0.25, 0.5];
const SOLVED = "steps to −200";

export const interactionsClaim: Claim = {
  name: "habit-interactions",
  title: "Steps that learning takes with 8 candidates: Pendulum",
  kind: "bar",
  x: "habit's share",
  y: SOLVED,
  series: {
    "": sweep("habit's share", SHARES, async (habitShare, seed) => {
      const options = { ...LEARNING, candidates: 8, habitShare };
      const look = { steps: 2000, from: 200, every: 200, isSolved: returns(TASK, -200), goesOn: false };
      return { [SOLVED]: (await stepsUntil(TASK, seed, options, look)).solved };
    }),
  },
};
