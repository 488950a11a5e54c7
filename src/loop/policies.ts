/** Who acts in an evaluation: an agent, a habit alone, or chance. */
import type { Habit } from "../agent/habit.ts";
import type { Agent, Policy } from "../agent/interface.ts";
import { EVALUATION_LANE } from "../agent/lane.ts";
import { createCore } from "../core/core.ts";
import { shown } from "../core/expect.ts";
import { createRandom, type Random } from "../core/random.ts";
import type { Action, Discrete, Environment, Observation, Space } from "../environments/environment.ts";
import type { ActionMask, Choices } from "../environments/mask.ts";
import type { Walker } from "./walk.ts";

/** How the actions of an evaluation are chosen: "random" draws any action with equal probability. */
export type EvaluationPolicy = Policy | "random";

/** An agent, or the habit of one. */
export type Actor = Agent | Habit;

/** @returns whether it is an agent; a habit has nothing to plan with */
export function isAgent(actor: Actor): actor is Agent {
  return "learn" in actor;
}

/** The policy of an evaluation: of a habit "habit" by default. @throws RangeError for one that there is not */
export function policyOf(actor: Actor, policy: EvaluationPolicy | undefined): EvaluationPolicy {
  const known: readonly EvaluationPolicy[] = isAgent(actor)
    ? ["plan", "habit", "random"]
    : ["habit", "random"];
  if (policy === undefined || known.includes(policy)) return policy ?? known[0];
  const names = known.map((name) => `"${name}"`).join(" or ");
  throw new RangeError(
    `policy: expected ${names}${isAgent(actor) ? "" : " of a habit"}, got ${shown(policy)}`,
  );
}

/** What acts, by its policy. @param seed of random actions */
export async function walkerOf(
  actor: Actor,
  { actionSpace }: Environment,
  { policy, seed }: { readonly policy: EvaluationPolicy; readonly seed: number },
): Promise<Walker> {
  if (policy === "random") {
    const random = createRandom(await createCore({ bytes: 4096 }), seed, STREAM);
    return { reset() {}, act: (_observation, _reward, mask) => randomAction(actionSpace, random, mask) };
  }
  if (!isAgent(actor))
    return { reset() {}, act: (observation, _reward, actionMask) => actor.act(observation, { actionMask }) };
  return {
    reset: () => actor.reset(EVALUATION_LANE),
    act: (observation: Observation, reward, actionMask) =>
      actor.act(observation, { policy, reward, actionMask, lane: EVALUATION_LANE }),
  };
}

/** The letters "rand": drawn by nothing else. */
const STREAM = 0x72616e64;

/** An action of the space, each with equal probability among those that the mask allows. */
function randomAction(space: Space, random: Random, mask?: ActionMask): Action {
  if (space.kind === "box")
    return Float32Array.from(space.low, (low, d) => random.uniform(low, space.high[d]));
  if (space.kind === "multiDiscrete")
    return Int32Array.from(space.nvec, (n, g) => choose(random, n, (mask as readonly Choices[])?.[g]));
  return choose(random, (space as Discrete).n, mask as Choices | undefined);
}

function choose(random: Random, n: number, allowed?: Choices): number {
  const choices = Array.from({ length: n }, (_, k) => k).filter((k) => allowed === undefined || allowed[k]);
  return choices[random.integer(choices.length)];
}
