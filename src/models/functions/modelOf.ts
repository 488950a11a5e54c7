import { expectInteger, shown } from "../../core/expect.ts";
import { isPromise } from "../../core/promises.ts";
import { box, type Environment, type Start, type Step } from "../../environments/environment.ts";
import type { Model } from "./model.ts";

/** Options of {@link modelOf}. */
export interface ModelOfOptions {
  /** Copies of the world that are kept at once, the oldest being forgotten: more than one plan simulates. Default 65536. */
  readonly capacity?: number;
}

/** A world that can save and load its state, as a model: a state is the number of a copy. */
export interface WorldModel extends Model {
  /** The belief that the world is where it was saved. @returns what `planner.plan` takes */
  at(saved: unknown): {
    /** [1] the number of the copy. */
    readonly states: readonly number[];
    /** [1] 0: it is certain. */
    readonly logWeights: readonly number[];
  };
}

/** A world of which copies can be made. */
type Copied = Environment & Required<Pick<Environment, "save" | "load">>;

/**
 * A simulator as a model to plan in, by a world that can `save` and `load` its state: plans run on the true physics. Give it a world of its
 * own, beside the one that is lived in. The state is seen, so plans need neither observations nor particles: `particles: 1`, `informationWeight: 0`.
 *
 * What the world draws belongs to what it saves: plans know its chance. Of a world with chance, average over copies with other seeds.
 *
 * @throws TypeError when the world cannot save and load, or answers with promises; RangeError for a capacity below 1
 *
 * @example
 * import { createEnvironment, createPlanner } from "generative-agent";
 * const [world, copy] = [await createEnvironment("mountain-car"), await createEnvironment("mountain-car")];
 * const model = modelOf(copy);
 * const planner = await createPlanner(model, { particles: 1, horizon: 5, budget: 50, informationWeight: 0 });
 * world.reset({ seed: 1 });
 * const { action } = planner.plan(model.at(world.save()));
 * typeof action; // "number"
 */
export function modelOf(world: Environment, { capacity = 65_536 }: ModelOfOptions = {}): WorldModel {
  expectInteger("capacity", capacity, 1, 1 << 24);
  const copied = expectCopied(world);
  const copies: unknown[] = [];
  let place = 0;
  const keep = (saved: unknown) => {
    const at = place;
    copies[at] = saved;
    place = (place + 1) % capacity;
    return at;
  };
  const discrete = world.actionSpace.kind === "discrete";
  return {
    observationSpace: box([0], [capacity - 1]),
    actionSpace: world.actionSpace,
    stateSize: 1,
    at: (saved) => ({ states: [keep(saved)], logWeights: [0] }),
    initial(states, count, { uniform }) {
      uniform(states);
      for (let n = 0; n < count; n++) {
        expectNow("reset", copied.reset({ seed: Math.floor(SEEDS * states[n]) }));
        states[n] = keep(copied.save());
      }
    },
    step({ count, states, actions, next, rewards, endings }) {
      const A = actions.length / count;
      for (let n = 0; n < count; n++) {
        const isSame =
          n > 0 &&
          states[n] === states[n - 1] &&
          Array.from({ length: A }, (_, d) => d).every(
            (d) => actions[d * count + n] === actions[d * count + n - 1],
          );
        if (isSame) {
          [next[n], rewards[n], endings[n]] = [next[n - 1], rewards[n - 1], endings[n - 1]];
          continue;
        }
        copied.load(copies[states[n]]);
        const action = discrete
          ? actions[n]
          : Float32Array.from({ length: A }, (_, d) => actions[d * count + n]);
        const { reward, terminated } = expectNow("step", copied.step(action));
        rewards[n] = reward;
        endings[n] = Number(terminated);
        next[n] = keep(copied.save());
      }
    },
  };
}

/** Seeds that episodes begin with. */
const SEEDS = 2 ** 24;

function expectCopied(world: Environment): Copied {
  for (const name of ["save", "load"] as const)
    if (typeof world?.[name] !== "function")
      throw new TypeError(`world.${name}: expected a function, got ${shown(world?.[name])}`);
  return world as Copied;
}

function expectNow<Answer extends Start | Step>(name: string, answer: Answer | PromiseLike<Answer>): Answer {
  if (isPromise(answer))
    throw new TypeError(
      `world.${name}: expected an answer at once, got a Promise: plans cannot wait for each step`,
    );
  return answer as Answer;
}

/** Options of {@link checkCopies}. */
export interface CheckCopiesOptions {
  /** Steps that are played, ≥ 2. Default 200. */
  readonly steps?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Tells whether a world that was loaded goes on to the bit as it went on when it was saved: an episode is played by `action`, saved on
 * its way, and played on from every copy once more.
 *
 * @param action of the step of this number
 * @returns the problems, one sentence each; an empty array when copies are true
 * @throws TypeError when the world cannot save and load; RangeError for steps below 2
 *
 * @example
 * import { createEnvironment } from "generative-agent";
 * checkCopies(await createEnvironment("pendulum"), (time) => [Math.sin(time)]); // []
 */
export function checkCopies(
  world: Environment,
  action: (time: number) => number | readonly number[],
  { steps = 200, seed = 0 }: CheckCopiesOptions = {},
): readonly string[] {
  expectInteger("steps", steps, 2);
  const copied = expectCopied(world);
  expectNow("reset", copied.reset({ seed }));
  const played: { readonly saved: unknown; readonly step: Step }[] = [];
  for (let time = 0; time < steps; time++) {
    const saved = copied.save();
    const step = copyOf(expectNow("step", copied.step(action(time))));
    played.push({ saved, step });
    if (step.terminated || step.truncated) break;
  }
  // backwards: what is loaded was not lived through just before
  for (let from = played.length - 1; from >= 0; from -= Math.max(1, Math.floor(played.length / PLACES))) {
    copied.load(played[from].saved);
    for (let time = from; time < Math.min(played.length, from + AHEAD); time++) {
      const again = copyOf(expectNow("step", copied.step(action(time))));
      const [was, is] = [JSON.stringify(played[time].step), JSON.stringify(again)];
      if (was !== is)
        return [`load: expected step ${time} after a copy of step ${from} to repeat ${was}, got ${is}`];
    }
  }
  return [];
}

/** Copies that are played on, and steps from each. */
const [PLACES, AHEAD] = [8, 50];

/** What a step answered, in plain numbers. */
function copyOf({ observation, reward, terminated, truncated }: Step): Step {
  const plain = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (ArrayBuffer.isView(value) || Array.isArray(value))
      return Array.from(value as unknown as ArrayLike<unknown>, plain);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  };
  return { observation: plain(observation) as Step["observation"], reward, terminated, truncated };
}
