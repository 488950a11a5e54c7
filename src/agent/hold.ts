import type { AgentEvidence } from "./evidence.ts";
import type { Agent } from "./interface.ts";

/** The wrong moment: another caller uses the agent, or the environment. */
export class BusyError extends Error {
  override readonly name = "BusyError";
}

/** What runs know of an agent beside its members. */
export interface Holds {
  /** Lanes in which nobody may act for now: a run there waits for the world's answer. */
  readonly lanes: Set<number>;
  /** `episodes` that `train` began, of the agent's lifetime; saved with it. */
  readonly counts: { episodes: number };
  /** The running episode of a lane broke off, and no step reported its end. */
  breakOff(lane: number): void;
  /** What a diagnosis reads; undefined for an agent that was made elsewhere. */
  evidence(): AgentEvidence | undefined;
  /** The agent's file, with what is known of a run as one more text. */
  saveWith(run: string): Uint8Array;
}

const holds = new WeakMap<Agent, Holds>();

/** Makes an agent's holds known to {@link holdsOf}. */
export function registerHolds(agent: Agent, own: Holds): Agent {
  holds.set(agent, own);
  return agent;
}

/** Those of an agent; of one that was made elsewhere, new ones. */
export function holdsOf(agent: Agent): Holds {
  const own = holds.get(agent) ?? {
    lanes: new Set(),
    counts: { episodes: 0 },
    breakOff() {},
    evidence() {},
    saveWith() {
      throw new Error("save: expected an agent as createAgent or loadAgent makes it, got another");
    },
  };
  holds.set(agent, own);
  return own;
}

/** @throws BusyError while the lane is held */
export function expectReleased(lanes: ReadonlySet<number>, member: string, lane = 0): void {
  if (lanes.size > 0 && lanes.has(lane))
    throw new BusyError(
      `${member}: expected the step of a run to be over, got a world that is yet to answer; act between two steps`,
    );
}
