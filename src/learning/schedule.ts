import { isTimeToRefresh } from "./rescaling.ts";

/**
 * What remains to be learned. Remembering a transition owes units of learning; `update` works them off, in this order:
 *
 *   for each step s ≥ warmup:  scales, where they are due;  model × m(s);  imagination, where it is due;  lesson × l
 *
 *   m(s) = updates, and warmupUpdates more at s = warmup
 *
 * The order depends on the transitions alone, so learning in slices changes no bit: two calls of `update` with no
 * transition between them do what one call does. What a unit draws follows the step that owes it, or counters of its own.
 */
export interface Schedule {
  readonly settings: ScheduleSettings;
  readonly counts: {
    /** Steps, one a transition: that were remembered, and whose units are all done. */
    remembered: number;
    learned: number;
    /** Units that are done of the step after the learned ones. */
    done: number;
    /** Units to be done, of all steps. */
    owed: number;
    /** Whether a surprising reward changes the scales before the next unit. */
    isSurprised: boolean;
  };
}

export interface ScheduleSettings {
  /** First step that is learned from; it owes `warmupUpdates` more. */
  readonly warmup: number;
  readonly warmupUpdates: number;
  /** Updates of the model that a step owes. */
  readonly updates: number;
  /** Updates of habit and value that a step owes, where they are not part of the model's. */
  readonly lessonUpdates: number;
  /** Imagined plans that a step owes, on average, and how many are made at once. */
  readonly imagination: number;
  readonly plansAtOnce: number;
}

/** Refreshes the scales, updates the model, makes a batch of imagined plans, or learns from lessons. */
export type UnitKind = "scales" | "model" | "imagination" | "lesson";

/** A unit of learning. */
export interface Unit {
  readonly kind: UnitKind;
  /** The step that owes it: how many transitions had been remembered by then. */
  readonly step: number;
}

/** What learning did, for a human to see. */
export interface UpdateInfo {
  /**
   * Root mean square error of the model on its last batches, in units of the scaled targets (about 1 for a model that
   * predicts nothing): of an ensemble's predictions, or of the rewards that a latent explains; NaN when this call did not
   * update the model.
   */
  readonly modelError: number;
  /** Units of learning that this call did. */
  readonly units: number;
  /** Units that remain to be done. */
  readonly owed: number;
  /** Updates of networks in this call whose gradient was not finite: they changed nothing. 0 unless numbers are too far apart. */
  readonly undone: number;
  /**
   * What is odd about the world, each reported once: a dimension of the observation or a reward far from all before, which is
   * read as less than it is; a dimension that varies for the first time. Mostly empty.
   */
  readonly warnings: readonly string[];
}

export function createSchedule(settings: ScheduleSettings): Schedule {
  return { settings, counts: { remembered: 0, learned: 0, done: 0, owed: 0, isSurprised: false } };
}

/**
 * Counts what a remembered transition owes.
 *
 * @param isSurprising whether its reward changes the scales at once (`isSurprising` of `rescaling.ts`)
 */
export function owe(schedule: Schedule, isSurprising: boolean): void {
  const { settings, counts } = schedule;
  const step = ++counts.remembered;
  counts.owed += unitsOf(settings, step).total;
  if (isSurprising && step >= settings.warmup) counts.isSurprised = true;
  skipFinished(schedule);
}

/**
 * Works off the oldest units.
 *
 * @param most how many
 * @param work does a unit; answers the model's error where it updated the model
 */
export function workOff(
  schedule: Schedule,
  most: number,
  work: (unit: Unit) => number | undefined,
): Omit<UpdateInfo, "undone" | "warnings"> {
  let modelError = Number.NaN;
  let units = 0;
  for (; units < most; units++) {
    const unit = takeUnit(schedule);
    if (unit === undefined) break;
    modelError = work(unit) ?? modelError;
  }
  return { modelError, units, owed: owedUnits(schedule) };
}

/** Units that remain to be done. */
export function owedUnits(schedule: Schedule): number {
  const { owed, isSurprised } = schedule.counts;
  return owed + Number(isSurprised && nextKind(schedule) !== "scales");
}

/** The next unit, which then counts as done; undefined when nothing is owed. */
function takeUnit(schedule: Schedule): Unit | undefined {
  const { counts } = schedule;
  const step = Math.min(counts.learned + 1, counts.remembered);
  const kind = nextKind(schedule);
  if (counts.isSurprised) {
    counts.isSurprised = false;
    // a refresh that is due anyway serves both
    if (kind !== "scales") return { kind: "scales", step };
  }
  if (kind === undefined) return undefined;
  counts.owed--;
  counts.done++;
  skipFinished(schedule);
  return { kind, step };
}

/** What the oldest unfinished step owes next. */
function nextKind({ settings, counts }: Schedule): UnitKind | undefined {
  if (counts.owed === 0) return undefined;
  const { scales, model, imagination } = unitsOf(settings, counts.learned + 1);
  if (counts.done < scales) return "scales";
  if (counts.done < scales + model) return "model";
  return counts.done < scales + model + imagination ? "imagination" : "lesson";
}

/** Moves on to the oldest step that has units left, or to the end of what was remembered. */
function skipFinished({ settings, counts }: Schedule): void {
  while (counts.learned < counts.remembered && counts.done === unitsOf(settings, counts.learned + 1).total) {
    counts.learned++;
    counts.done = 0;
  }
}

/** The units that a step owes, by kind; none during the warm-up. */
function unitsOf(settings: ScheduleSettings, step: number) {
  const { warmup, warmupUpdates, updates, lessonUpdates } = settings;
  if (step < warmup) return { scales: 0, model: 0, imagination: 0, total: 0 };
  const scales = Number(isTimeToRefresh(step, warmup));
  const model = updates + (step === warmup ? warmupUpdates : 0);
  const imagination = Number(batchesBy(settings, step) > batchesBy(settings, step - 1));
  return { scales, model, imagination, total: scales + model + imagination + lessonUpdates };
}

/** Batches of imagined plans that are owed by the end of a step. */
function batchesBy({ imagination, plansAtOnce }: ScheduleSettings, step: number): number {
  return Math.floor((step * imagination) / plansAtOnce);
}
