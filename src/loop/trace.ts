import { isRow } from "../core/expect.ts";
import type { Action, Observation, Start, Step } from "../environments/environment.ts";

/**
 * What it takes to come to the same place in a world that cannot be copied: the actions of the running episode, and of each
 * answer a hash, the first of `reset`. Plain data.
 */
export interface Trace {
  readonly actions: Action[];
  readonly answers: number[];
}

export function beginTrace(trace: Trace, start: Start): void {
  trace.actions.length = 0;
  trace.answers.length = 0;
  trace.answers.push(hashOf(start));
}

export function extendTrace(trace: Trace, action: Action, step: Step): void {
  trace.actions.push(typeof action === "number" ? action : copyOf(action));
  trace.answers.push(hashOf(step));
}

/** An action of its own: whole numbers stay exact. */
function copyOf(action: ArrayLike<number>): Float32Array | Int32Array {
  return action instanceof Int32Array ? action.slice() : Float32Array.from(action);
}

/** FNV-1a over the bits of the observation, the reward and the two flags: https://datatracker.ietf.org/doc/html/rfc9923 */
export function hashOf(answer: Start | Step): number {
  let hash = 0x811c9dc5;
  const add = (value: number) => {
    // NaN is one number here: engines keep its other bits or not
    if (Number.isNaN(value)) BITS.setUint32(0, 0x7ff80000);
    else BITS.setFloat64(0, value);
    for (let byte = 0; byte < 8; byte++) hash = Math.imul(hash ^ BITS.getUint8(byte), 0x01000193);
  };
  eachNumber(answer.observation, add);
  if ("reward" in answer) {
    add(answer.reward);
    add(Number(answer.terminated) + 2 * Number(answer.truncated));
  }
  return hash >>> 0;
}

/** The numbers of an observation; those of an object by their names in alphabetical order. */
function eachNumber(observation: Observation, visit: (value: number) => void): void {
  if (typeof observation === "number") visit(observation);
  else if (isRow(observation))
    for (let d = 0; d < observation.length; d++)
      eachNumber((observation as readonly Observation[])[d], visit);
  else
    for (const name of Object.keys(observation).sort())
      eachNumber((observation as Readonly<Record<string, Observation>>)[name], visit);
}

const BITS = new DataView(new ArrayBuffer(8));
