import { BusyError, holdsOf } from "../agent/hold.ts";
import type { Agent, Policy } from "../agent/interface.ts";
import type { Transition } from "../agent/transition.ts";
import { ABANDONED, isPromise } from "../core/promises.ts";
import { ReadingError } from "../core/readings.ts";
import { findingsWhenDue } from "./findings.ts";
import { includeEpisode, isLimitReached } from "./limits.ts";
import { expectOccupied, occupy } from "./occupancy.ts";
import { addLearned, addWarnings, type EpisodeReport, noSums, reportOf, type StepReport } from "./report.ts";
import { saveRun } from "./save.ts";
import { episodeSeed } from "./seeds.ts";
import type { RunState } from "./state.ts";
import { turnWhenDue } from "./turns.ts";
import { type Decision, decide, type Walker } from "./walk.ts";

/** How one step of a run is taken. */
export interface StepOptions {
  /**
   * "plan" (default) explores and learns. "habit" acts by the habit alone, its mode, and learns nothing: to watch it.
   */
  readonly policy?: Policy;
}

/**
 * An agent that learns in a world, and where both are. Nothing happens until it is stepped or iterated. When the world throws,
 * or a promise of it is rejected, the episode counts as truncated: iterating reports it, then throws the error. What was learned
 * stays, and the run may be stepped or iterated on, with a new episode.
 */
export interface Run<Report = StepReport> extends AsyncIterable<EpisodeReport> {
  /** As it was given. */
  readonly agent: Agent;
  /** Environment steps of this run so far. */
  readonly steps: number;
  /**
   * One decision: plans, acts, observes and learns; in a new episode where the last is over. Every eight milliseconds other work of
   * the event loop has its turn, so that a page stays responsive.
   *
   * @returns what came of it; undefined when the run is over: its steps are taken, or its signal was aborted
   * @throws Error while another step is under way; whatever the agent and the environment throw: the next step then begins a
   *         new episode
   */
  step(options?: StepOptions): Promise<Report | undefined>;
  /**
   * The run as bytes, between any two steps: the agent with its running episode, and where the run is in its world. It is the
   * agent's file too ({@link loadAgent}). {@link resume} goes on from there with the same bits.
   *
   * @throws Error while a step is under way, or when another run has used the environment since; TypeError when the
   *         environment's `save` answers what is no plain data
   */
  save(): Uint8Array;
}

/**
 * What `train` answers is no promise: `await train(…)` would do nothing. TypeScript refuses it for this member, and so does the program.
 */
export interface NotAwaited {
  /** Refused: iterate the run (`for await`), or take its steps. @internal */
  then(iterateItInstead: "for await (const episode of train(…))"): never;
}

/** The run, which tells whoever awaits it what to do instead. */
export function notAwaited<Own extends object>(run: Own): Own & NotAwaited {
  // biome-ignore lint/suspicious/noThenProperty: awaiting it throws an error that says what to do
  return Object.defineProperty(run, "then", {
    value() {
      throw new TypeError(
        "train: expected a run that is iterated, got `await train(…)`, which takes no step; " +
          "write `for await (const episode of train(…))`, or `await run.step()`",
      );
    },
  }) as Own & NotAwaited;
}

export function runOf(state: RunState): Run {
  return {
    agent: state.agent,
    get steps() {
      return state.progress.steps;
    },
    step: (options) => stepAndTell(state, options),
    save: () => saveRun(state),
    [Symbol.asyncIterator]: () =>
      iterate(() => stepAndTell(state), {
        told: ({ episodeReport }) => (episodeReport === undefined ? [] : [episodeReport]),
        cut: () => (state.isReported ? [] : [reportCut(state)]),
      }),
  };
}

/** Takes steps until the run is over. @param told what a step tells of episodes; `cut`: of those that an error or the signal cut short */
export async function* iterate<Report>(
  step: () => Promise<Report | undefined>,
  { told, cut }: { told(report: Report): EpisodeReport[]; cut(): EpisodeReport[] },
): AsyncGenerator<EpisodeReport> {
  for (;;) {
    let report: Report | undefined;
    try {
      report = await step();
    } catch (error) {
      yield* cut();
      throw error;
    }
    if (report === undefined) break;
    yield* told(report);
  }
  // aborted between two steps, or while the world did not answer
  yield* cut();
}

/** A step, whose callbacks are no part of it: what they throw passes through, and the episode goes on. */
async function stepAndTell(state: RunState, options?: StepOptions): Promise<StepReport | undefined> {
  const report = await step(state, options);
  if (report === undefined) return undefined;
  const told = callBack(state, report);
  if (told !== undefined) await told;
  const turn = turnWhenDue();
  if (turn !== undefined) await turn;
  return report;
}

/** Calls back after a step. @returns a promise where one is to be waited for */
export function callBack(
  { settings: { onStep, onEpisode }, agent }: Pick<RunState, "settings" | "agent">,
  report: StepReport,
): PromiseLike<unknown> | undefined {
  const { episodeReport } = report;
  const told = onStep?.(report);
  const ended = () => episodeReport && onEpisode?.(episodeReport, agent);
  const done = isPromise(told) ? told.then(ended) : ended();
  return isPromise(done) ? done : undefined;
}

async function step(state: RunState, { policy = "plan" }: StepOptions = {}): Promise<StepReport | undefined> {
  if (state.isStepping)
    throw new BusyError("step: expected the last step to be over, got one that is under way; await it");
  if (isOver(state)) return undefined;
  const { walk, settings, occupant } = state;
  if (walk.place.isRunning) expectOccupied(occupant);
  else occupy(occupant);
  state.isStepping = true;
  const { counts, breakOff } = holdsOf(state.agent);
  try {
    if (!walk.place.isRunning) beginAfter(state, counts.episodes);
    const seedOf = (episode: number) => episodeSeed(settings.seed, 0, episode);
    const pending = decide(walk, walkerOf(state.agent, policy), seedOf);
    const decision = isPromise(pending) ? await pending : pending;
    if (decision.fault !== undefined) breakOff(occupant.lane);
    countFault(state, decision);
    return learn(state, decision, policy);
  } catch (error) {
    walk.place.isRunning = false;
    breakOff(occupant.lane);
    if (error === ABANDONED) return undefined;
    throw error;
  } finally {
    if (policy === "plan") counts.episodes = walk.place.episode;
    state.isStepping = false;
  }
}

/** Numbers of episodes go on from run to run: each begins from a seed of its own. */
export function beginAfter({ progress, walk }: RunState, episodes: number): void {
  progress.sums = noSums();
  walk.place.episode = Math.max(walk.place.episode, episodes);
}

/** Episodes in succession that a bad reading may end. */
const MOST_FAULTS = 3;
/** Decisions after which an episode is no longer one in succession. */
const LONG = 1000;

/** @throws ReadingError at the third episode in succession that a bad reading ends */
export function countFault({ progress, walk: { place } }: RunState, { fault }: Decision): void {
  if (fault === undefined) {
    if (!place.isRunning || place.decisions >= LONG) progress.faults = 0;
    return;
  }
  if (++progress.faults < MOST_FAULTS) return;
  progress.faults = 0;
  throw new ReadingError(`${fault}: the ${MOST_FAULTS}rd episode in succession that a bad reading ended`);
}

function isOver({ progress, settings, occupant }: RunState): boolean {
  const isLimited = progress.steps >= settings.steps || isLimitReached(settings, [progress]);
  occupant.isOver = isLimited || settings.signal?.aborted === true;
  return occupant.isOver;
}

function walkerOf(agent: Agent, policy: Policy): Walker {
  return {
    reset: () => agent.reset(),
    act: (observation, reward, actionMask) =>
      agent.act(observation, { policy, explore: policy === "plan", reward, actionMask }),
  };
}

/** Learns from a decision, and reports it. */
function learn(state: RunState, decision: Decision, policy: Policy): StepReport {
  const { agent, walk, progress } = state;
  const isLearned = policy === "plan" && decision.fault === undefined;
  const learned = isLearned ? agent.learn(transitionOf(decision)) : undefined;
  if (learned !== undefined) {
    addLearned(progress.sums, learned);
    addWarnings(progress.sums, learned);
  }
  if (decision.fault === undefined) progress.steps += walk.world.length;
  return reportStep(state, decision, learned?.bound, { steps: progress.steps, isOver: isOver(state) });
}

export function transitionOf({ observation, action, step }: Decision): Transition {
  const { reward, observation: nextObservation, terminated, truncated } = step;
  return { observation, action, reward, nextObservation, terminated, truncated };
}

/** Reports a decision. @param bound undefined where nothing was learned; `isOver`: whether the run is */
export function reportStep(
  state: RunState,
  { observation, action, step, fault }: Decision,
  bound: StepReport["bound"],
  { steps, isOver }: { readonly steps: number; readonly isOver: boolean },
): StepReport {
  const { reward, observation: nextObservation, terminated, truncated, info } = step;
  const { walk, progress } = state;
  const { episode, return: sum, isRunning } = walk.place;
  const isReported = !isRunning || isOver;
  if (!isRunning && bound !== undefined) includeEpisode(progress, sum);
  state.isReported = isReported;
  const isCut = isRunning && state.settings.signal?.aborted === true;
  const isLearned = isReported && bound !== undefined;
  const findings = isLearned ? findingsWhenDue(state.agent) : [];
  const ending = { steps, terminated, truncated: truncated || isCut, fault, findings };
  const episodeReport = isReported ? reportOf(walk.place, progress.sums, ending) : undefined;
  return {
    observation,
    action,
    reward,
    nextObservation,
    terminated,
    truncated,
    info,
    steps,
    episode,
    return: sum,
    bound,
    episodeReport,
  };
}

/** The report of an episode that an error or the signal cut short. */
export function reportCut(state: RunState): EpisodeReport {
  const { walk, progress } = state;
  state.isReported = true;
  return reportOf(walk.place, progress.sums, { steps: progress.steps, terminated: false, truncated: true });
}
