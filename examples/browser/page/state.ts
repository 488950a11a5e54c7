/** What the page knows: the last frame, and the histories that its curves draw. */
import type { Begun, Episode, Frame } from "../protocol.ts";
import { type Task, taskOf } from "../tasks.ts";

export const TERMS = ["reward", "informationGain", "stateConsistency", "actionConsistency"] as const;
export type Term = (typeof TERMS)[number];

/** Readings of a belief's particles at one step, beside the truth. */
export interface BeliefColumn {
  readonly readings: Float32Array;
  readonly weights: Float32Array;
  readonly truth: number;
  readonly isFirst: boolean;
}

export interface PageState {
  readonly task: Task;
  readonly begun: Begun | undefined;
  readonly frame: Frame | undefined;
  /** When the frame came, and where the drawing was then. */
  readonly arrived: number;
  readonly from: readonly number[];
  /** Milliseconds until the next frame is expected. */
  readonly pause: number;
  readonly episodes: readonly Episode[];
  /** Of each term, smoothed over some steps. */
  readonly terms: Readonly<Record<Term, readonly number[]>>;
  readonly beliefs: readonly BeliefColumn[];
}

/** Points that a curve keeps, and columns that the belief's strip keeps. */
const [KEPT, COLUMNS] = [300, 120];
/** Share of the newest step in a smoothed term. */
const NEWEST = 0.1;
/** Longest way between two frames that is drawn smoothly, in ms. */
const LONGEST = 400;

export function emptyState(task: string): PageState {
  const terms = { reward: [], informationGain: [], stateConsistency: [], actionConsistency: [] };
  const times = { arrived: 0, from: [], pause: LONGEST };
  return {
    task: taskOf(task),
    begun: undefined,
    frame: undefined,
    ...times,
    episodes: [],
    terms,
    beliefs: [],
  };
}

export function afterBegin(begun: Begun): PageState {
  return { ...emptyState(begun.task), begun };
}

export function afterEpisode(state: PageState, episode: Episode): PageState {
  return { ...state, episodes: [...state.episodes, episode] };
}

export function afterFrame(state: PageState, frame: Frame, now: number): PageState {
  // where frames were left out the body would lag behind its fan
  const isNext = state.frame?.state.every((value, i) => value === frame.before[i]) && !frame.isFirst;
  return {
    ...state,
    frame,
    arrived: now,
    from: isNext ? drawnState(state, now) : frame.before,
    pause: Math.min(now - state.arrived, LONGEST),
    terms: termsAfter(state, frame),
    beliefs: beliefsAfter(state, frame),
  };
}

/** How far the drawing is, from 0 to 1, on the way from where the last frame found it to where that leads. */
export function progressOf({ arrived, pause }: PageState, now: number): number {
  return Math.min(Math.max((now - arrived) / Math.max(pause, 1), 0), 1);
}

/** The world's state so far on that way. */
export function drawnState(state: PageState, now: number): readonly number[] {
  const { frame, from } = state;
  const progress = progressOf(state, now);
  return frame ? frame.state.map((value, i) => from[i] + progress * (value - from[i])) : [];
}

function termsAfter({ terms }: PageState, { bound, chosen }: Frame): PageState["terms"] {
  // before the model has learned anything its surprise dwarfs all that follows
  if (!bound || chosen === "at random") return terms;
  const extend = (name: Term): readonly number[] => {
    const last = terms[name].at(-1);
    const next = last === undefined ? bound[name] : last + NEWEST * (bound[name] - last);
    return [...terms[name], next].slice(-KEPT);
  };
  return {
    reward: extend("reward"),
    informationGain: extend("informationGain"),
    stateConsistency: extend("stateConsistency"),
    actionConsistency: extend("actionConsistency"),
  };
}

function beliefsAfter({ beliefs }: PageState, { belief, isFirst }: Frame): readonly BeliefColumn[] {
  return belief ? [...beliefs, { ...belief, isFirst }].slice(-COLUMNS) : beliefs;
}
