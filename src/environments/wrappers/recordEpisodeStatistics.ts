import { expectInteger, expectNoPromise } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import type { Environment, Start, Step, SynchronousEnvironment } from "../environment.ts";
import { copyingWith } from "./copying.ts";

/** Statistics of an episode that is over, named as in Gymnasium. */
export interface EpisodeStatistics {
  /** Sum of its rewards, undiscounted. */
  readonly r: number;
  /** Its steps. */
  readonly l: number;
  /** Seconds since it began, as the host's clock measures them. */
  readonly t: number;
}

/** An environment that counts its episodes. */
export interface RecordedEnvironment extends Environment {
  /** Episodes that have ended. */
  readonly episodeCount: number;
  /** [most] or fewer: the returns of the newest ones, the oldest first. */
  readonly returnQueue: readonly number[];
  /** Their steps. */
  readonly lengthQueue: readonly number[];
  /** The seconds that they took. */
  readonly timeQueue: readonly number[];
}

/** One that answers at once. */
export type SynchronousRecorded = SynchronousEnvironment & Omit<RecordedEnvironment, "reset" | "step">;

/**
 * An environment that reports each episode: the step that ends one has `info.episode` ({@link EpisodeStatistics}), and the newest
 * episodes stay in three queues. Placed inside of wrappers that change rewards, it tells the world's own.
 *
 * @param most episodes in the queues, ≥ 1. Default 100
 * @throws RangeError when `most` is no whole number from 1; TypeError when the environment is a Promise
 *
 * @example
 * const world = recordEpisodeStatistics(timeLimit(await createEnvironment("cartpole"), 5));
 * world.reset({ seed: 1 });
 * for (let t = 0; t < 5; t++) world.step(t % 2);
 * world.returnQueue; // [5]
 * world.lengthQueue; // [5]
 */
export function recordEpisodeStatistics(
  environment: SynchronousEnvironment,
  most?: number,
): SynchronousRecorded;
export function recordEpisodeStatistics(environment: Environment, most?: number): RecordedEnvironment;
export function recordEpisodeStatistics(environment: Environment, most = 100): RecordedEnvironment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  expectInteger("most", most, 1);
  const queues = { r: [] as number[], l: [] as number[], t: [] as number[] };
  let running = { r: 0, l: 0 };
  let began = 0;
  let episodeCount = 0;
  const begin = (start: Start): Start => {
    running = { r: 0, l: 0 };
    began = performance.now();
    return start;
  };
  const count = (step: Step): Step => {
    running.r += step.reward;
    running.l++;
    if (!step.terminated && !step.truncated) return step;
    const episode: EpisodeStatistics = { ...running, t: (performance.now() - began) / 1000 };
    episodeCount++;
    for (const letter of ["r", "l", "t"] as const) {
      queues[letter].push(episode[letter]);
      if (queues[letter].length > most) queues[letter].shift();
    }
    return { ...step, info: { ...step.info, episode } };
  };
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    get episodeCount() {
      return episodeCount;
    },
    get returnQueue() {
      return [...queues.r];
    },
    get lengthQueue() {
      return [...queues.l];
    },
    get timeQueue() {
      return [...queues.t];
    },
    reset: (options) => andThen(environment.reset(options), begin),
    step: (action) => andThen(environment.step(action), count),
    ...copyingWith(environment, {
      save: () => ({ ...running }),
      load: ({ r, l }: { readonly r: number; readonly l: number }) => {
        running = { r: Number(r), l: Number(l) };
        began = performance.now();
      },
    }),
  };
}
