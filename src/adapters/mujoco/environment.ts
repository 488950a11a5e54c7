import { createCore } from "../../core/core.ts";
import { expectBoolean, expectInteger, shown } from "../../core/expect.ts";
import { type ScalarMath, scalarMath } from "../../core/math.ts";
import { createRandom, type Random } from "../../core/random.ts";
import { expectAction } from "../../environments/action.ts";
import {
  type Box,
  box,
  type Start,
  type Step,
  type SynchronousEnvironment,
} from "../../environments/environment.ts";
import type { MujocoDescription, Plain } from "./description.ts";
import { expectEngine, loadEngine } from "./engine.ts";
import { createSimulation, type Physics, type Simulation } from "./physics.ts";
import { type MujocoTask, taskOf } from "./tasks.ts";

/** A running episode of a world of MuJoCo. */
export interface SavedMujoco {
  /** The integration state. */
  readonly state: Float64Array;
  /** What the next reward compares with. */
  readonly before: Plain;
  /** Taken so far. */
  readonly steps: number;
  /** Whether the episode has ended. */
  readonly isOver: boolean;
  /** Of the generator. */
  readonly seed: number;
  /** Numbers drawn from the generator so far. */
  readonly drawn: number;
}

/** A world of MuJoCo. It holds memory outside of JavaScript's until it is closed. */
export interface MujocoWorld extends SynchronousEnvironment<Box, Float32Array> {
  readonly observationSpace: Box;
  readonly actionSpace: Box;
  /** The simulation, to draw it or to look into it. */
  readonly physics: Physics;
  /** The running episode, to be gone on with to the bit. @throws Error before `reset` */
  save(): SavedMujoco;
  /** Goes on from there. @throws TypeError or RangeError when it is no episode of this world */
  load(saved: unknown): void;
  /** Frees the memory. Whatever is called later is an Error; closing twice is none. */
  close(): void;
}

/** Options of {@link mujocoEnvironment}. */
export interface MujocoOptions {
  /** The module, where a page or a bundler loads it itself: what the default export of `@mujoco/mujoco` resolves to. */
  readonly mujoco?: object;
}

/** The worlds' stream of a seed, so that an agent of the same seed draws other numbers. */
const STREAM = 0x6d756a6f; // the letters "mujo"

/**
 * A world of MuJoCo: a ready one by the name of its task, or one of your own by its description. It runs in Node, browsers and workers, by
 * the optional peer `@mujoco/mujoco`. Same seed, same episode; `save` and `load` repeat to the bit. Observations are float32.
 *
 * @throws RangeError for an unknown task, a model that MuJoCo cannot load, a model without bounded actuators; Error when the
 *         peer is not installed
 *
 * @example
 * const world = await mujocoEnvironment("half-cheetah");
 * world.reset({ seed: 1 }).observation.length; // 17
 * world.close();
 */
export async function mujocoEnvironment(
  world: MujocoTask | MujocoDescription,
  options?: MujocoOptions,
): Promise<MujocoWorld>;
/** The same with a `before` of its own type. */
export async function mujocoEnvironment<Before extends Plain>(
  world: MujocoDescription<Before>,
  options?: MujocoOptions,
): Promise<MujocoWorld>;
export async function mujocoEnvironment<Before extends Plain>(
  world: MujocoTask | MujocoDescription<Before>,
  { mujoco }: MujocoOptions = {},
): Promise<MujocoWorld> {
  const description = (typeof world === "string" ? taskOf(world) : world) as MujocoDescription<Before>;
  if (typeof description?.reward !== "function")
    throw new TypeError(`reward: expected a function, got ${shown(description?.reward)}`);
  expectInteger("frameSkip", description.frameSkip ?? 1, 1);
  expectInteger("timeLimit", description.timeLimit ?? 1, 1);
  const engine = mujoco === undefined ? await loadEngine() : expectEngine(mujoco);
  const core = await createCore({ bytes: 4096 });
  const simulation = createSimulation(engine, description.xml, description.files);
  try {
    const actionSpace = actionsOf(simulation);
    return createWorld(description, { simulation, actionSpace, math: scalarMath(core) }, (seed, drawn) =>
      createRandom(core, seed, STREAM, drawn),
    );
  } catch (error) {
    simulation.close();
    throw error;
  }
}

function actionsOf({ controls }: Simulation): Box {
  if (controls.length === 0) throw new RangeError("xml: expected a model with actuators, got none");
  controls.forEach(({ name, low, high }, i) => {
    if (!(low < high))
      throw new RangeError(
        `xml: expected a ctrlrange of every actuator, since actions are bounded, got none of ${name === "" ? `actuator ${i}` : name}`,
      );
  });
  return box(
    controls.map(({ low }) => low),
    controls.map(({ high }) => high),
  );
}

interface Parts {
  readonly simulation: Simulation;
  readonly actionSpace: Box;
  readonly math: ScalarMath;
}

function createWorld<Before extends Plain>(
  description: MujocoDescription<Before>,
  { simulation, actionSpace, math }: Parts,
  generatorOf: (seed: number, drawn?: number) => Random,
): MujocoWorld {
  const { frameSkip = 1, timeLimit = Infinity } = description;
  const { physics } = simulation;
  const observe = description.observe ?? seeAll;
  let random = generatorOf(0);
  let seed = 0;
  let before = undefined as Before;
  let steps = 0;
  let isOver = true;
  let hasBegun = false;

  const begin = (): Float32Array => {
    const tools = { random, math };
    simulation.start(() => description.reset?.(physics, tools));
    before = description.before?.(physics) as Before;
    steps = 0;
    return Float32Array.from(observe(physics, tools));
  };
  // the size of an observation is what the first one has
  const X = begin().length;

  return {
    observationSpace: box(new Array<number>(X).fill(-Infinity), new Array<number>(X).fill(Infinity)),
    ...{ actionSpace, physics },
    reset(options = {}): Start<Float32Array> {
      seed = options.seed ?? seed;
      if (options.seed !== undefined || !hasBegun) random = generatorOf(seed);
      const observation = begin();
      [isOver, hasBegun] = [false, true];
      return { observation };
    },
    step(given): Step<Float32Array> {
      if (isOver)
        throw new Error(
          `step: expected reset() first, got ${hasBegun ? "an episode that has ended" : "no episode"}`,
        );
      expectAction(actionSpace, given);
      const action = Float32Array.from(given);
      const tools = { random, math };
      simulation.advance(action, frameSkip);
      const observation = Float32Array.from(observe(physics, tools));
      const reward = description.reward(physics, { ...tools, action, before });
      before = description.before?.(physics) as Before;
      const terminated = description.terminated?.(physics) ?? false;
      steps++;
      const truncated = !terminated && steps >= timeLimit;
      isOver = terminated || truncated;
      return { observation, reward, terminated, truncated };
    },
    save() {
      if (!hasBegun) throw new Error("save: expected reset() first, got no episode");
      return { state: simulation.save(), before, steps, isOver, seed, drawn: random.drawn };
    },
    load(saved) {
      const episode = expectSaved(saved, simulation.size);
      simulation.load(episode.state);
      random = generatorOf(episode.seed, episode.drawn);
      before = episode.before as Before;
      ({ seed, steps, isOver } = episode);
      hasBegun = true;
    },
    close: () => simulation.close(),
  };
}

function seeAll({ positions, velocities }: Physics): readonly number[] {
  return [...positions, ...velocities];
}

/** @throws TypeError or RangeError when it is no episode of a world with so many numbers in its state */
function expectSaved(saved: unknown, size: number): SavedMujoco {
  const { state, before, steps, isOver, seed, drawn } = (saved ?? {}) as SavedMujoco;
  if (!(state instanceof Float64Array))
    throw new TypeError(`saved: expected an episode of this world, got ${shown(saved)}`);
  if (state.length !== size) throw new RangeError(`state: expected [${size}] numbers, got ${state.length}`);
  const bad = state.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`state[${bad}]: expected a finite number, got ${state[bad]}`);
  for (const [name, count] of Object.entries({ steps, seed, drawn })) expectInteger(name, count, 0);
  expectBoolean("isOver", isOver);
  return { state, before, steps, isOver, seed, drawn };
}
