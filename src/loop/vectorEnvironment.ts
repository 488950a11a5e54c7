import { expectInteger, expectKnownNames } from "../core/expect.ts";
import { expectEnvironment } from "../environments/checkAnswers.ts";
import { expectSameSpaces } from "../environments/checkSpaces.ts";
import type { Environment } from "../environments/environment.ts";
import { type Autoreset, type VectorEnvironment, vectorOf } from "../environments/wrappers/vector.ts";
import { vectorRunOf, vectorStateOf } from "./vectorRun.ts";

/** Options of {@link vectorEnvironment}. */
export interface VectorOptions {
  /**
   * What becomes of a copy whose episode has ended. "nextStep" (default): the next `step` leaves its action alone and begins an episode, with
   * reward 0. "sameStep": the step that ends the episode answers with the next one's first observation; the last one and its info are in
   * `info.finalObs` and `info.finalInfo`. "disabled": `reset` with a mask begins it, and a step before that is an error.
   */
  readonly autoreset?: Autoreset;
}

/** Copies of a world that `train` and `resume` take as well: they bring what steps them side by side. */
export interface TrainableVector extends VectorEnvironment {
  /** What `train` calls. @internal */
  readonly sideBySide: SideBySide;
}

/** How a run goes on in the copies of a vector. */
export interface SideBySide {
  readonly stateOf: typeof vectorStateOf;
  readonly runOf: typeof vectorRunOf;
}

/**
 * n copies of a world, stepped at once into one flat array, by Gymnasium's words. `train` takes it too: it plans for all copies in one
 * call, and remembers n transitions a step. It then begins the copies' episodes itself, from seeds of the run, whatever `autoreset` says;
 * call `reset` before stepping them by hand again.
 *
 * @param make makes copy 0, 1, 2 …: a new environment each time, all with the same spaces; or a promise of it
 * @param n    copies, 1 … 64
 * @throws RangeError when `n` or `autoreset` is none, when two copies are one object, or their spaces differ; whatever `make` throws
 *
 * @example
 * const worlds = await vectorEnvironment(() => createEnvironment("pendulum"), 4);
 * const { observations } = await worlds.reset({ seed: 1 });
 * observations.length; // 12: of each copy 3
 * const { rewards } = await worlds.step([[0], [1], [-1], [2]]);
 * rewards.length; // 4
 *
 * const agent = await createAgent(worlds, { seed: 1 }); // of 4 lanes
 * for await (const { episode } of train(agent, worlds, { steps: 800 })) console.log(episode);
 * agent.steps; // 800
 */
export async function vectorEnvironment(
  make: (copy: number) => Environment | PromiseLike<Environment>,
  n: number,
  options: VectorOptions = {},
): Promise<TrainableVector> {
  expectKnownNames("options", options, ["autoreset"]);
  expectInteger("n", n, 1, MOST_COPIES);
  const copies: Environment[] = [];
  for (let copy = 0; copy < n; copy++) copies.push(await make(copy));
  for (const copy of copies) {
    expectEnvironment(copy);
    expectSameSpaces(copy, copies[0]);
  }
  if (new Set(copies).size < n)
    throw new RangeError("make: expected a new environment each time, got the same one twice");
  const vector = vectorOf(copies, options.autoreset ?? "nextStep");
  return { ...vector, sideBySide: { stateOf: vectorStateOf, runOf: vectorRunOf } };
}

/** As many as an agent may have lanes. */
const MOST_COPIES = 64;
