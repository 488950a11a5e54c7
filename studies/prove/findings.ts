/** What a walk over some floats found. */
export interface Findings {
  /** Floats walked, and those of the domain among them. */
  readonly walked: number;
  readonly measured: number;
  /** The largest error in ulp over the domain, and where. */
  readonly worst: number;
  readonly worstAt: number;
  /** Neighbours between which the function turns back, and the first of them. */
  readonly turns: number;
  readonly turnsAt: number;
  /** NaNs whose value is a number. */
  readonly numbers: number;
}

export const nothing: Findings = {
  walked: 0,
  measured: 0,
  worst: 0,
  worstAt: Number.NaN,
  turns: 0,
  turnsAt: Number.NaN,
  numbers: 0,
};

/** Two walks as one. */
export function merged(a: Findings, b: Findings): Findings {
  const worse = a.worst >= b.worst ? a : b;
  return {
    walked: a.walked + b.walked,
    measured: a.measured + b.measured,
    worst: worse.worst,
    worstAt: worse.worstAt,
    turns: a.turns + b.turns,
    turnsAt: a.turns > 0 ? a.turnsAt : b.turnsAt,
    numbers: a.numbers + b.numbers,
  };
}
