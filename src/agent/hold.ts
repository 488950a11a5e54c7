import type { Agent } from "./interface.ts";

/** Lanes in which nobody may act for now, by agent: a run there waits for the world's answer. */
const held = new WeakMap<Agent, Set<number>>();

/** Makes an agent's set known to {@link heldLanes}. @param lanes those that are held, which its members ask for */
export function registerHolds(agent: Agent, lanes: Set<number>): Agent {
  held.set(agent, lanes);
  return agent;
}

/** The lanes of an agent in which nobody may act, learn or reset; a run adds its own while the world answers. */
export function heldLanes(agent: Agent): Set<number> {
  return held.get(agent) ?? new Set();
}

/** @throws Error while the lane is held */
export function expectReleased(lanes: ReadonlySet<number>, member: string, lane = 0): void {
  if (lanes.size > 0 && lanes.has(lane))
    throw new Error(
      `${member}: expected the step of a run to be over, got a world that is yet to answer; act between two steps`,
    );
}
