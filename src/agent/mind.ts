import type { Core } from "../core/core.ts";
import type { Vector } from "../environments/environment.ts";
import type { Planner } from "../inference/plan.ts";
import type { Readiness } from "../inference/planner.ts";
import type { Bound } from "../learning/bound.ts";
import type { Schedule, Unit } from "../learning/schedule.ts";
import type { ActionCoding } from "../models/actionCoding.ts";
import type { Guide } from "../models/learned/guide.ts";
import type { ChoiceRow } from "./choose.ts";
import type { Curiosity } from "./curiosity.ts";
import type { Spaces } from "./interface.ts";
import type { Lane } from "./lane.ts";
import type { Settings } from "./options.ts";
import type { State } from "./save.ts";
import type { Transition } from "./transition.ts";
import type { MindEvidence, Watch } from "./watch/watch.ts";

/** What differs between agents: what it believes, plans in, remembers and learns. All that the shell knows of it. */
export interface Mind {
  /** Whatever changes, lanes among it, beside core, settings and spaces. */
  readonly state: State;
  readonly guide: Guide;
  /** Whether NaN in an observation tells that nothing was seen. */
  readonly mayMiss: boolean;
  /** Whether anything is known that could be sought or shunned. */
  hasGoal(): boolean;
  /** Whether no state is known to be better than another, so that plans that seek information look further. */
  looksFar(): boolean;
  /** What planning leaves in the workspaces that lanes share. */
  readonly candidates: Candidates;
  /** What plans may rely on by now. */
  readiness(): Readiness;
  /** [X] what observations are counted from, in f64: large ones lose nothing beside it. */
  readonly origin: readonly number[];
  /** What the plans' values leave out, in units of reward: they may be counted from another reward than 0. */
  worthLeftOut(): number;
  /** [X][TILE] what would be seen in the states of one tile, in the observations' units. @param states [S][TILE] */
  observe(states: Float32Array): Float32Array;
  /** Follows settings that were changed. */
  configure(): void;
  /**
   * Stores a transition, and the lesson of its plan.
   *
   * @param action [A] as the model reads it
   * @param label  [labels] posterior of the action; undefined where it was not planned
   */
  remember(lane: Lane, transition: Transition<Vector>, label: Float32Array | undefined): Remembered;
  /** Updates since it was made whose gradients were not finite, so that they changed nothing. */
  undone(): number;
  /** The running episode broke off, and no step reported its end: it counts as cut short. */
  breakOff(lane: Lane): void;
  /** Does a unit of learning. @returns the model's error where it was updated */
  learn(unit: Unit): number | undefined;
  /** What is odd about the world, each reported once. */
  warnings(): readonly string[];
  /** [labels] at least: the habit's logits where the last plan was made, once its transition is remembered. */
  readonly habitLogits: Float32Array;
  /** What a diagnosis reads of it. */
  evidence(): MindEvidence;
}

/** What came of a transition. */
export interface Remembered {
  /** Before learning from it. */
  readonly bound: Bound;
  /** Whether its reward changes the scales at once. */
  readonly isSurprising: boolean;
}

/** The candidates that were compared last. */
export interface Candidates {
  readonly weights: Float32Array;
  readonly scores: Float32Array;
  /** Room for the states that they pass. */
  readonly paths: Float32Array;
}

/** What the shell holds: a mind, and the episodes that it runs. */
export interface AgentState {
  readonly core: Core;
  readonly spaces: Spaces;
  readonly settings: Settings;
  readonly seed: readonly [number, number];
  readonly coding: ActionCoding;
  readonly counts: {
    /** Transitions remembered. */
    steps: number;
    /** Episodes that `train` began. */
    episodes: number;
  };
  readonly schedule: Schedule;
  readonly row: ChoiceRow;
  /** Undefined where the mind does not seek information for its own sake. */
  readonly curiosity?: Curiosity;
  /** Running episodes, and the one that is reserved for evaluation. */
  readonly lanes: readonly Lane[];
  /** For the plans of all lanes but that; undefined where there is one. */
  readonly joint?: Planner | undefined;
  readonly mind: Mind;
  /** What a diagnosis reads beside. */
  readonly watch: Watch;
  /** The lane whose candidates were compared last; undefined once something was remembered or learned since. */
  planned: Lane | undefined;
}
