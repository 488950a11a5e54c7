/** The tables of `npm run reproduce`. */
import { trialsOf } from "./claim.ts";
import { claims } from "./claims.ts";
import { classic } from "./classic.ts";
import { partial } from "./partial.ts";
import { habitAction, npmStart } from "./timings.ts";
import type { Trial } from "./trial.ts";

/** Tasks that are measured together. */
export interface Table {
  /** Seeds unless told otherwise. */
  readonly seeds: number;
  /** By task. */
  readonly trials: Readonly<Record<string, Trial>>;
  /** Tasks of {@link timings.ts} behind them. */
  readonly timings: readonly string[];
  /** Whether its rows can be drawn. */
  readonly isDrawn: boolean;
}

export const tables: Readonly<Record<string, Table>> = {
  classic: { seeds: 10, trials: classic, timings: [npmStart.task, habitAction.task], isDrawn: false },
  partial: { seeds: 5, trials: partial, timings: [], isDrawn: false },
  claims: { seeds: 5, trials: trialsOf(claims), timings: [], isDrawn: true },
};
