import type { Agent } from "../../agent/interface.ts";
import type { UpdateInfo } from "../../learning/schedule.ts";
import type { Rows } from "./rows.ts";
import { type LogColumns, transitionsOf } from "./transitions.ts";
import { createCoverage, type Unseen } from "./unseen.ts";

/** Options of {@link learnFromLog}. */
export interface LearnFromLogOptions {
  /** Which column is what. */
  readonly columns?: LogColumns;
  /** Units of learning that are worked off, as `agent.update` counts them. Default: all that are owed. */
  readonly most?: number;
  /** Called now and then with the units that are still owed. */
  readonly onProgress?: (owed: number) => unknown;
}

/** What was learned from a log, and what it cannot tell. */
export interface LogReport {
  /** Remembered. */
  readonly transitions: number;
  /** Episodes of the log. */
  readonly episodes: number;
  /** Steps without an observation after them, which were left out. */
  readonly dropped: number;
  /** Episodes that the world ended: without any, no ending can be learned. */
  readonly terminated: number;
  /** Units of learning that are still owed. */
  readonly owed: number;
  /** What the log cannot tell. */
  readonly unseen: Unseen;
}

/** Units between two turns of the host. */
const SLICE = 50;

/**
 * Learns model, habit and value from a log: remembers every transition, then works off the learning that is owed. It says what the log
 * cannot tell: states and actions that it does not have, by their novelty in nats.
 *
 * Capacity decides how many transitions are kept; a long log owes much learning, which `most` bounds.
 *
 * @param rows of `readJsonLines`, `readCsv`, `readParquet`, `readMinari`, or objects of your own
 * @throws RangeError for a log without a transition; TypeError or RangeError that names row and column; as `agent.remember` does
 *
 * @example
 * const agent = await createAgent(await createEnvironment("mountain-car"), { seed: 1, warmupUpdates: 1 });
 * const rows = Array.from({ length: 60 }, (_, t) => ({ observation: [-0.5 + t / 100, 0.01], action: 2, reward: -1 }));
 * const { transitions, unseen } = await learnFromLog(agent, rows, { most: 5 });
 * transitions; // 59
 * unseen.actions[0].neverTaken; // [0, 1]
 */
export async function learnFromLog(
  agent: Agent,
  rows: Rows,
  { columns, most = Infinity, onProgress }: LearnFromLogOptions = {},
): Promise<LogReport> {
  const coverage = createCoverage(agent.spaces);
  const tally = { dropped: 0 };
  let [transitions, episodes, terminated] = [0, 0, 0];
  for await (const transition of transitionsOf(rows, agent.spaces, columns, tally)) {
    agent.remember(transition);
    coverage.add(transition.observation, transition.action);
    transitions++;
    if (transition.terminated) terminated++;
    if (transition.terminated || transition.truncated) episodes++;
  }
  if (transitions === 0) throw new RangeError(`rows: expected a transition at least, got none`);
  const { owed } = await workOff(agent, most, onProgress);
  return { transitions, episodes, dropped: tally.dropped, terminated, owed, unseen: await coverage.unseen() };
}

async function workOff(
  agent: Agent,
  most: number,
  onProgress: LearnFromLogOptions["onProgress"],
): Promise<UpdateInfo> {
  let left = most;
  let info = agent.update({ most: Math.min(SLICE, left) });
  for (left -= SLICE; info.owed > 0 && left > 0; left -= SLICE) {
    await onProgress?.(info.owed);
    await new Promise((resolve) => setTimeout(resolve));
    info = agent.update({ most: Math.min(SLICE, left) });
  }
  return info;
}
