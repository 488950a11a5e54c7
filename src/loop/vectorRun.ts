import { BusyError, holdsOf } from "../agent/hold.ts";
import type { Agent } from "../agent/interface.ts";
import { ABANDONED, isPromise } from "../core/promises.ts";
import type { Environment } from "../environments/environment.ts";
import { isLimitReached } from "./limits.ts";
import { expectOccupied, occupy } from "./occupancy.ts";
import { addLearned, addWarnings, type EpisodeReport, type StepReport } from "./report.ts";
import {
  beginAfter,
  callBack,
  countFault,
  iterate,
  type Run,
  reportCut,
  reportStep,
  type StepOptions,
  transitionOf,
} from "./run.ts";
import { saveStates } from "./save.ts";
import { episodeSeed } from "./seeds.ts";
import { beginning, createState, type RunSettings, type RunState, type Whereabouts } from "./state.ts";
import { turnWhenDue } from "./turns.ts";
import { begin, type Decision, takeStep } from "./walk.ts";

/** What a run in several copies of a world reports about a step of one. */
export interface VectorStepReport extends StepReport {
  /** The copy: 0, 1, 2 … */
  readonly lane: number;
}

/** A run in several copies of a world: each step is one decision of every copy. */
export type VectorRun = Run<readonly VectorStepReport[]>;

/** What a run holds of the copies: a state each. */
export interface VectorRunState {
  readonly agent: Agent;
  readonly settings: RunSettings;
  readonly lanes: readonly RunState[];
  isStepping: boolean;
}

/** @param places where a saved run was, one for each copy; default the beginning */
export function vectorStateOf(
  agent: Agent,
  copies: readonly Environment[],
  settings: RunSettings,
  places: readonly Whereabouts[] = copies.map(beginning),
): VectorRunState {
  const { lanes: most = 1 } = agent.options as { readonly lanes?: number };
  if (most !== copies.length)
    throw new RangeError(
      `environment: expected as many copies as the agent has lanes, ${most}, got ${copies.length}; ` +
        `make the agent with lanes: ${copies.length}` +
        (agent.options.model === "latent" ? ', which agents with model: "latent" do not have' : ""),
    );
  const lanes = copies.map((copy, lane) => createState(agent, copy, settings, places[lane], lane));
  return { agent, settings, lanes, isStepping: false };
}

export function vectorRunOf(state: VectorRunState): VectorRun {
  return {
    agent: state.agent,
    get steps() {
      return stepsOf(state);
    },
    step: (options) => stepAndTell(state, options),
    save: () => saveStates(state.lanes, { ...state, steps: stepsOf(state) }),
    [Symbol.asyncIterator]: () =>
      iterate(() => stepAndTell(state), {
        told: (reports) => reports.flatMap(({ episodeReport }) => episodeReport ?? []),
        cut: () => cutShort(state),
      }),
  };
}

const stepsOf = ({ lanes }: VectorRunState) => lanes.reduce((sum, { progress }) => sum + progress.steps, 0);

/** The reports of episodes that an error or the signal cut short. */
function cutShort(state: VectorRunState): EpisodeReport[] {
  return state.lanes
    .filter(
      ({ isReported, walk, settings }) => !isReported && (!walk.place.isRunning || settings.signal?.aborted),
    )
    .map((lane) => ({ ...reportCut(lane), steps: stepsOf(state) }));
}

/** A step, whose callbacks are no part of it: one call for each copy. */
async function stepAndTell(
  state: VectorRunState,
  options?: StepOptions,
): Promise<readonly VectorStepReport[] | undefined> {
  const reports = await step(state, options);
  for (const report of reports ?? []) {
    const told = callBack(state, report);
    if (told !== undefined) await told;
  }
  const turn = turnWhenDue();
  if (turn !== undefined) await turn;
  return reports;
}

async function step(
  state: VectorRunState,
  { policy = "plan" }: StepOptions = {},
): Promise<readonly VectorStepReport[] | undefined> {
  if (state.isStepping)
    throw new BusyError("step: expected the last step to be over, got one that is under way; await it");
  const { agent, lanes } = state;
  if (isOver(state)) return undefined;
  for (const { walk, occupant } of lanes)
    if (walk.place.isRunning) expectOccupied(occupant);
    else occupy(occupant);
  state.isStepping = true;
  const { counts } = holdsOf(agent);
  const explore = policy === "plan";
  try {
    const early = await beginAll(state, counts);
    const places = lanes.map(({ walk }) => walk.place);
    const actions = agent.actAll(
      places.map(({ observation }) => observation),
      {
        ...{ policy, explore },
        rewards: places.map(({ reward }) => reward),
        actionMasks: places.map(({ actionMask }) => actionMask),
      },
    );
    const outcomes = await outcomesOf(
      lanes.map(
        ({ walk }, lane) =>
          () =>
            takeStep(walk, actions[lane]),
      ),
    );
    const reports = [...early, ...learn(state, outcomes, explore)];
    const failed = outcomes.find((outcome) => "error" in outcome);
    if (failed !== undefined) throw failed.error;
    return reports;
  } catch (error) {
    if (error === ABANDONED) return undefined;
    throw error;
  } finally {
    if (explore) counts.episodes = newestOf(lanes, counts.episodes);
    state.isStepping = false;
  }
}

function isOver(state: VectorRunState): boolean {
  const { settings, lanes } = state;
  const isLimited =
    stepsOf(state) >= settings.steps ||
    isLimitReached(
      settings,
      lanes.map(({ progress }) => progress),
    );
  const isOver = isLimited || settings.signal?.aborted === true;
  for (const { occupant } of lanes) occupant.isOver = isOver;
  return isOver;
}

/** The number of the newest episode of all copies: they are numbered together. */
function newestOf(lanes: readonly RunState[], episodes: number): number {
  return Math.max(episodes, ...lanes.map(({ walk }) => walk.place.episode));
}

/**
 * Begins an episode in the copies where the last one is over; one that is over before it began, for a reading that was refused, is
 * followed by another.
 *
 * @returns the reports of such
 */
async function beginAll(
  state: VectorRunState,
  counts: { readonly episodes: number },
): Promise<VectorStepReport[]> {
  const { agent, settings, lanes } = state;
  const reports: VectorStepReport[] = [];
  for (;;) {
    const waiting = lanes.filter(({ walk }) => !walk.place.isRunning);
    if (waiting.length === 0) return reports;
    const newest = newestOf(lanes, counts.episodes);
    const outcomes = await outcomesOf(
      waiting.map((lane, i) => () => {
        beginAfter(lane, newest + i);
        const reset = () => agent.reset(lane.occupant.lane);
        return begin(lane.walk, reset, episodeSeed(settings.seed, 0, lane.walk.place.episode + 1));
      }),
    );
    for (const [i, outcome] of outcomes.entries()) {
      if ("error" in outcome) throw outcome.error;
      const lane = waiting[i];
      if (outcome.value === undefined) continue;
      countFault(lane, outcome.value);
      reports.push(told(state, lane, outcome.value, undefined));
    }
  }
}

/** What came of a task, or what it threw. */
type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

/** What comes of tasks, of which some may fail; at once where all are known. */
function outcomesOf<Value>(
  tasks: readonly (() => Value | PromiseLike<Value>)[],
): Outcome<Value>[] | Promise<Outcome<Value>[]> {
  const done = (value: Value): Outcome<Value> => ({ value });
  const failed = (error: unknown): Outcome<Value> => ({ error });
  const outcomes = tasks.map((task) => {
    try {
      const value = task();
      return isPromise(value) ? (value as PromiseLike<Value>).then(done, failed) : done(value);
    } catch (error) {
      return failed(error);
    }
  });
  return outcomes.some(isPromise) ? Promise.all(outcomes) : (outcomes as Outcome<Value>[]);
}

/** Remembers what came of the copies' steps, then learns once. A copy that failed ends its episode. */
function learn(
  state: VectorRunState,
  outcomes: readonly Outcome<Decision>[],
  isLearning: boolean,
): VectorStepReport[] {
  const { agent, lanes } = state;
  const { breakOff } = holdsOf(agent);
  const decided = outcomes.flatMap((outcome, index) => {
    const lane = lanes[index];
    if ("error" in outcome) lane.walk.place.isRunning = false;
    if ("error" in outcome || outcome.value.fault !== undefined) breakOff(lane.occupant.lane);
    return "error" in outcome ? [] : [{ lane, decision: outcome.value }];
  });
  for (const { lane, decision } of decided) countFault(lane, decision);
  const bounds = decided.map(({ lane, decision }) =>
    isLearning && decision.fault === undefined
      ? agent.remember(transitionOf(decision), lane.occupant.lane)
      : undefined,
  );
  const updated = isLearning ? agent.update() : undefined;
  const { modelError = Number.NaN } = updated ?? {};
  for (const { lane, decision } of decided)
    if (decision.fault === undefined) lane.progress.steps += lane.walk.world.length;
  return decided.map(({ lane, decision }, i) => {
    const bound = bounds[i];
    if (bound !== undefined) addLearned(lane.progress.sums, { bound, modelError });
    // all copies share one agent: the first tells
    if (i === 0 && updated !== undefined) addWarnings(lane.progress.sums, updated);
    return told(state, lane, decision, bound);
  });
}

function told(
  state: VectorRunState,
  lane: RunState,
  decision: Decision,
  bound: StepReport["bound"],
): VectorStepReport {
  const report = reportStep(lane, decision, bound, { steps: stepsOf(state), isOver: isOver(state) });
  return { ...report, lane: lane.occupant.lane };
}
