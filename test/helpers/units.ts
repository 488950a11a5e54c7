/** A world whose numbers come in any unit, and what an agent does in it. */
import { readSafetensors } from "../../src/core/safetensors.ts";
import { box, createAgent, discrete, type Environment, type Options } from "../../src/index.ts";

/** Units of a world's numbers. */
export interface Units {
  readonly reward?: number;
  readonly rewardShift?: number;
  readonly observation?: number;
  readonly observationShift?: number;
}

/** Whether the world ends, and how it is acted in. */
export interface Kind {
  readonly ends: boolean;
  readonly actions: "box" | "discrete";
}

/**
 * A point on a line and its speed, both multiples of 2⁻¹⁰, and a third number that never varies; with `ends` the world
 * ends beyond 3.
 */
export function worldInUnits(units: Units, { ends, actions }: Kind): Environment {
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

/** All actions of an agent in these units, and the parameters of all its networks at the end. */
export async function lifeInUnits(settings: Options, units: Units, kind: Kind, steps = 110) {
  const environment = worldInUnits(units, kind);
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
