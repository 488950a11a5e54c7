import type { Action, Start, Step } from "../environments/environment.ts";

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
  trace.actions.push(typeof action === "number" ? action : Float32Array.from(action));
  trace.answers.push(hashOf(step));
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
  for (let d = 0; d < answer.observation.length; d++) add(answer.observation[d]);
  if ("reward" in answer) {
    add(answer.reward);
    add(Number(answer.terminated) + 2 * Number(answer.truncated));
  }
  return hash >>> 0;
}

const BITS = new DataView(new ArrayBuffer(8));
