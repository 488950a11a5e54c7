import { BusyError, holdsOf } from "../agent/hold.ts";
import type { Agent } from "../agent/interface.ts";
import { expectNoPromise, shown } from "../core/expect.ts";
import { isPromise, unlessAborted } from "../core/promises.ts";
import { expectEnvironment } from "../environments/checkAnswers.ts";
import { expectSameSpaces } from "../environments/checkSpaces.ts";
import type { Environment } from "../environments/environment.ts";

/** @throws TypeError or RangeError unless it is an agent, and an environment with the spaces it was made for */
export function expectWorldOf(agent: Pick<Agent, "act" | "spaces">, environment: Environment): void {
  expectNoPromise("agent", agent, "an agent", "`await` is missing");
  if (typeof agent?.act !== "function")
    throw new TypeError(`agent: expected an agent, as createAgent makes it, got ${shown(agent)}`);
  expectEnvironment(environment);
  expectSameSpaces(environment, agent.spaces);
}

/** Who uses an environment, and a lane of an agent, for episodes: one at a time. */
export interface Occupant {
  readonly environment: Environment;
  readonly agent: Agent;
  readonly lane: number;
  readonly place: { readonly isRunning: boolean; readonly episode: number };
  /** Whether the world is yet to answer. */
  isWaiting: boolean;
  /** Whether others may use the environment in the middle of an episode, because nobody goes on with it. */
  isOver: boolean;
}

/** Those that began, or went on with, the newest episode. */
const inEnvironments = new WeakMap<Environment, Occupant>();
const inLanes = new WeakMap<Agent, Map<number, Occupant>>();

/**
 * Takes environment and lane over, to begin an episode or to go on with a saved one.
 *
 * @throws Error while another run waits for the world's answer
 */
export function occupy(occupant: Occupant): void {
  for (const [what, other] of occupants(occupant))
    if (other !== occupant && other?.isWaiting)
      throw new BusyError(
        `${what}: expected one run at a time, got another that waits for its world's answer`,
      );
  const { environment, agent, lane } = occupant;
  inEnvironments.set(environment, occupant);
  inLanes.set(agent, (inLanes.get(agent) ?? new Map<number, Occupant>()).set(lane, occupant));
}

/** @throws Error when another run has begun an episode since, in its environment or in its lane */
export function expectOccupied(occupant: Occupant): void {
  for (const [what, other] of occupants(occupant))
    if (other !== occupant)
      throw new BusyError(
        `${what}: expected it as this run left it, got one that another run has used since; begin a new run`,
      );
}

function occupants({ environment, agent, lane }: Occupant) {
  return [
    ["environment", inEnvironments.get(environment)],
    ["agent", inLanes.get(agent)?.get(lane)],
  ] as const;
}

/** @throws Error when a run is in the middle of an episode there */
export function expectFree(environment: Environment): void {
  const { place, isOver } = inEnvironments.get(environment) ?? {};
  if (place?.isRunning && !isOver)
    throw new BusyError(
      `environment: expected one that no run is in the middle of, got one in its episode ${place.episode}; ` +
        "evaluate between two episodes, or in another environment",
    );
}

/**
 * The environment, during whose answers nobody else may act in the lane, or begin an episode.
 *
 * @param signal once it is aborted, an answer that does not come is abandoned
 */
export function guarded(occupant: Occupant, signal?: AbortSignal): Environment {
  const { environment, agent, lane } = occupant;
  const { lanes } = holdsOf(agent);
  const begin = () => {
    occupant.isWaiting = true;
    lanes.add(lane);
  };
  const end = () => {
    occupant.isWaiting = false;
    lanes.delete(lane);
  };
  // once a step: no closures in a world that answers at once
  const endWith = <Answer>(answer: Answer | PromiseLike<Answer>) => {
    if (isPromise(answer)) return unlessAborted(answer, signal).finally(end);
    end();
    return answer;
  };
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset(options) {
      begin();
      try {
        return endWith(environment.reset(options));
      } catch (error) {
        end();
        throw error;
      }
    },
    step(action) {
      begin();
      try {
        return endWith(environment.step(action));
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}
