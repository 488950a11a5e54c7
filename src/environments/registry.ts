import { createCore } from "../core/core.ts";
import { shown } from "../core/expect.ts";
import { scalarMath } from "../core/math.ts";
import { createRandom } from "../core/random.ts";
import { acrobot, acrobotDescription } from "./acrobot.ts";
import { carFlag, carFlagDescription } from "./carFlag.ts";
import { cartPole, cartPoleDescription } from "./cartPole.ts";
import { cartPoleSwingUp, cartPoleSwingUpDescription } from "./cartPoleSwingUp.ts";
import { lightDark, lightDarkDescription } from "./lightDark.ts";
import { mountainCar, mountainCarDescription } from "./mountainCar.ts";
import { mountainCarContinuous, mountainCarContinuousDescription } from "./mountainCarContinuous.ts";
import {
  cartPolePosition,
  mountainCarContinuousPosition,
  pendulumDistractors,
  pendulumPosition,
  pendulumVelocity,
} from "./partial.ts";
import { pendulum, pendulumDescription } from "./pendulum.ts";
import { tasks } from "./tasks.ts";
import { tMaze, tMazeDescription } from "./tMaze.ts";
import { umbrella, umbrellaDescription } from "./umbrella.ts";
import type { World, WorldDescription, WorldTools } from "./world.ts";

/** The worlds' stream of a seed, so that an agent of the same seed draws other numbers. */
const STREAM = 0x776f726c; // the letters "worl"

/** A row of the table of built-in environments. */
export interface EnvironmentEntry extends WorldDescription {
  /** The task name that `createEnvironment` takes. */
  readonly name: string;
  /** One line: the task and its reward. */
  readonly description: string;
  /** Whether an observation hides a part of the state: then an agent needs `model: "latent"`. */
  readonly isPartial: boolean;
}

interface Entry extends Omit<EnvironmentEntry, "description" | "isPartial"> {
  /** Default false. */
  readonly isPartial?: boolean;
  readonly create: (tools: WorldTools) => World;
}

const worlds: readonly Entry[] = [
  { name: "pendulum", ...pendulumDescription, create: pendulum },
  { name: "mountain-car-continuous", ...mountainCarContinuousDescription, create: mountainCarContinuous },
  { name: "cartpole", ...cartPoleDescription, create: cartPole },
  { name: "mountain-car", ...mountainCarDescription, create: mountainCar },
  { name: "acrobot", ...acrobotDescription, create: acrobot },
  { name: "cartpole-swingup", ...cartPoleSwingUpDescription, create: cartPoleSwingUp },
  { name: "pendulum-position", isPartial: true, ...pendulumPosition },
  { name: "pendulum-velocity", isPartial: true, ...pendulumVelocity },
  { name: "cartpole-position", isPartial: true, ...cartPolePosition },
  { name: "mountain-car-continuous-position", isPartial: true, ...mountainCarContinuousPosition },
  { name: "pendulum-distractors", isPartial: true, ...pendulumDistractors },
  { name: "t-maze", isPartial: true, ...tMazeDescription, create: tMaze },
  { name: "umbrella", isPartial: true, ...umbrellaDescription, create: umbrella },
  { name: "car-flag", isPartial: true, ...carFlagDescription, create: carFlag },
  { name: "light-dark", isPartial: true, ...lightDarkDescription, create: lightDark },
];

/**
 * The built-in environments: task name, title, one line of description, whether a part is hidden, time limit and spaces.
 *
 * @example
 * environments[0].name; // "pendulum"
 */
export const environments: readonly EnvironmentEntry[] = /* @__PURE__ */ worlds.map(
  ({ create: _, isPartial = false, ...entry }) => ({ ...entry, description: tasks[entry.name], isPartial }),
);

/**
 * A built-in environment by its task name, over a small core of its own: same seed, same episode, on every engine.
 * Its spaces, time limit and reward are those of its row in {@link environments}; observations are float32.
 *
 * @param task a `name` of {@link environments}, such as "pendulum" or "cartpole-position"
 * @throws RangeError for an unknown name, with the known ones and the nearest; Error when the engine has no WebAssembly
 *         SIMD or the host forbids compiling
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * environment.reset({ seed: 1 }).observation.length; // 3
 */
export async function createEnvironment(task: string): Promise<World> {
  const world = worlds.find(({ name }) => name === task);
  if (world === undefined) throw new RangeError(unknownTask(task));
  const core = await createCore({ bytes: 4096 });
  return world.create({
    math: scalarMath(core),
    random: (seed, drawn) => createRandom(core, seed, STREAM, drawn),
  });
}

function unknownTask(task: unknown): string {
  const sentence = `task: expected one of ${worlds.map(({ name }) => name).join(", ")}, got ${shown(task)}`;
  if (typeof task !== "string") return sentence;
  const [nearest] = worlds
    .map(({ name, title }) => ({ name, edits: Math.min(edits(task, name), edits(task, title)) }))
    .sort((a, b) => a.edits - b.edits);
  const hint = nearest.edits <= 3 ? `; did you mean ${nearest.name}?` : "";
  return `${sentence}${hint}`;
}

/** The fewest letters to insert, delete or replace that turn one word into the other, whatever their case. */
function edits(from: string, to: string): number {
  const target = to.toLowerCase();
  let row = Array.from({ length: target.length + 1 }, (_, j) => j);
  [...from.toLowerCase()].forEach((letter, i) => {
    const next = [i + 1];
    for (let j = 0; j < target.length; j++)
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (letter === target[j] ? 0 : 1)));
    row = next;
  });
  return row[target.length];
}
