/** What a log cannot tell: how much is unknown, in nats, where it has no states or actions. */
import { createCore } from "../../core/core.ts";
import { scalarMath } from "../../core/math.ts";
import { mlpPredictRow } from "../../core/mlp.ts";
import { createRandom } from "../../core/random.ts";
import type { Action, Observation } from "../../environments/environment.ts";
import { rowOf } from "../../environments/flatten.ts";
import { allocateNovelty, includeNovelty, initialiseNovelty } from "../../learning/novelty.ts";
import type { LogSpaces } from "./transitions.ts";

/** What is known of one coordinate of the actions. */
export interface SeenAction {
  /** Of a box: the range that the log has, in the space's units. Of choices: the first and the last one taken. */
  readonly seen: readonly [low: number, high: number];
  /** What the space allows. */
  readonly allowed: readonly [low: number, high: number];
  /** Choices that were never taken; empty for a box. */
  readonly neverTaken: readonly number[];
}

/** What a log cannot tell. */
export interface Unseen {
  /**
   * Novelty in nats, means over some hundred draws: ½ log(1 + ψᵀ Λ⁻¹ ψ), what a Bayesian linear model over fixed random features would
   * learn from one more transition there.
   */
  readonly nats: {
    /** At states and actions of the log. */
    readonly seen: number;
    /** At its states, with any actions that the space allows. */
    readonly otherActions: number;
    /** With its actions, at states whose coordinates come from different rows. */
    readonly otherStates: number;
  };
  /** By the coordinates of the action. */
  readonly actions: readonly SeenAction[];
  /** The coordinates of observations that never changed. */
  readonly constant: readonly number[];
  /** The same in sentences; empty when nothing stands out. */
  readonly sentences: readonly string[];
}

/** Draws of each mean. */
const DRAWS = 400;
/** Rows that the precision is made of, at most: every n-th of the log. */
const MOST = 20_000;
/** What stands out: so many times the novelty of what was seen, and so many nats. */
const [TIMES, LEAST] = [5, 0.1];
const SEED = 1;

/** Collects the states and actions of a log. */
export interface Coverage {
  add(observation: Observation, action: Action): void;
  /** Of all that was added, which may not be nothing. */
  unseen(): Promise<Unseen>;
}

export function createCoverage({ observationSpace, actionSpace }: LogSpaces): Coverage {
  const states: ArrayLike<number>[] = [];
  const actions: (readonly number[])[] = [];
  const ranges = rangesOf(actionSpace);
  return {
    add(observation, action) {
      states.push(Float64Array.from(rowOf(observationSpace, observation)));
      actions.push(typeof action === "number" ? [action] : Array.from(action as ArrayLike<number>));
    },
    async unseen() {
      const moments = momentsOf(states);
      const seenActions = ranges.map(({ low, high, isChoice }, d) => {
        const taken = actions.map((action) => action[d]);
        const choices = isChoice ? Array.from({ length: high - low + 1 }, (_, i) => low + i) : [];
        const known = new Set(taken);
        return {
          seen: [lowest(taken), -lowest(taken.map((value) => -value))],
          allowed: [low, high],
          neverTaken: choices.filter((choice) => !known.has(choice)),
        } satisfies SeenAction;
      });
      const nats = await noveltyOf(states, actions, { moments, ranges });
      const constant = moments.flatMap(({ std }, d) => (std === 0 ? [d] : []));
      return { nats, actions: seenActions, constant, sentences: sentencesOf(nats, seenActions, constant) };
    },
  };
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly isChoice: boolean;
}

function rangesOf(space: LogSpaces["actionSpace"]): readonly Range[] {
  if (space.kind === "discrete") return [{ low: 0, high: space.n - 1, isChoice: true }];
  if (space.kind === "multiDiscrete")
    return Array.from(space.nvec, (n) => ({ low: 0, high: n - 1, isChoice: true }));
  if (space.kind !== "box") throw new TypeError(`actionSpace: expected a box or choices, got ${space.kind}`);
  return Array.from(space.low, (low, d) => ({ low, high: space.high[d], isChoice: false }));
}

interface Moments {
  readonly mean: number;
  readonly std: number;
}

function momentsOf(rows: readonly ArrayLike<number>[]): readonly Moments[] {
  return Array.from(rows[0], (_, d) => {
    const mean = rows.reduce((sum, row) => sum + row[d], 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[d] - mean) * (row[d] - mean), 0) / rows.length;
    return { mean, std: Math.sqrt(variance) };
  });
}

const lowest = (values: readonly number[]) =>
  values.reduce((least, value) => Math.min(least, value), Infinity);

async function noveltyOf(
  states: readonly ArrayLike<number>[],
  actions: readonly (readonly number[])[],
  { moments, ranges }: { readonly moments: readonly Moments[]; readonly ranges: readonly Range[] },
): Promise<Unseen["nats"]> {
  const core = await createCore({ bytes: 1 << 20 });
  const random = createRandom(core, SEED);
  const { log } = scalarMath(core);
  const codes = ranges.map(({ low, high, isChoice }) => (isChoice ? high - low + 1 : 1));
  const D = moments.length;
  const novelty = allocateNovelty(core, D + codes.reduce((sum, size) => sum + size, 0));
  initialiseNovelty(core, novelty, D, SEED);
  const { input } = novelty.work;
  const out = core.f32(novelty.network.widths[2]);

  // standard states; a box's coordinates in ±1; choices one-hot
  const write = (state: (d: number) => number, action: readonly number[]) => {
    input.fill(0);
    moments.forEach(({ mean, std }, d) => {
      input[d] = std === 0 ? 0 : (state(d) - mean) / std;
    });
    let at = D;
    ranges.forEach(({ low, high, isChoice }, d) => {
      if (isChoice) input[at + action[d] - low] = 1;
      else input[at] = (2 * (action[d] - low)) / (high - low) - 1;
      at += codes[d];
    });
  };
  const every = Math.ceil(states.length / MOST);
  for (let row = 0; row < states.length; row += every) {
    write((d) => states[row][d], actions[row]);
    includeNovelty(core, novelty);
  }
  const { network, work } = novelty;
  const natsThere = () => {
    const y = mlpPredictRow(core, out, input, work.hidden, network.parameters, network.shape);
    return 0.5 * log(1 + y.reduce((sum, value) => sum + value * value, 0));
  };
  const any = () => random.integer(states.length);
  const mean = (draw: () => void) => {
    let sum = 0;
    for (let n = 0; n < DRAWS; n++) {
      draw();
      sum += natsThere();
    }
    return sum / DRAWS;
  };
  return {
    seen: mean(() => {
      const row = any();
      write((d) => states[row][d], actions[row]);
    }),
    otherActions: mean(() => {
      const row = any();
      const drawn = ranges.map(({ low, high, isChoice }) =>
        isChoice ? low + random.integer(high - low + 1) : random.uniform(low, high),
      );
      write((d) => states[row][d], drawn);
    }),
    otherStates: mean(() => write((d) => states[any()][d], actions[any()])),
  };
}

function sentencesOf(
  { seen, otherActions, otherStates }: Unseen["nats"],
  actions: readonly SeenAction[],
  constant: readonly number[],
): readonly string[] {
  const isNew = (nats: number) => nats > LEAST && nats > TIMES * seen;
  const told = (nats: number) =>
    `${nats.toPrecision(2)} nats of novelty, ${seen.toPrecision(2)} at what it has`;
  const parts = actions.flatMap(({ seen: [low, high], allowed, neverTaken }, d) => {
    if (neverTaken.length > 0) return [`action ${d}: never ${neverTaken.join(", ")}`];
    const share = (high - low) / (allowed[1] - allowed[0]);
    return share < 0.9
      ? [`action ${d}: ${low.toPrecision(3)} to ${high.toPrecision(3)} of ${allowed.join(" to ")}`]
      : [];
  });
  return [
    ...(isNew(otherActions) ? [`the log does not tell what other actions do: ${told(otherActions)}`] : []),
    ...(isNew(otherStates)
      ? [`the log does not tell what happens in other states: ${told(otherStates)}`]
      : []),
    ...parts.map((part) => `the log has few actions: ${part}`),
    ...(constant.length > 0
      ? [`the log does not tell what follows from observation ${constant.join(", ")}: it never changed`]
      : []),
  ];
}
