import {
  expectArray,
  expectFinite,
  expectInteger,
  expectKnownNames,
  type OnlyNames,
} from "../core/expect.ts";
import { expectMatrix, type Matrix } from "./matrix.ts";

/** [S][A] what follows a state and an action: one number, or [S'] one for every next state. */
export type Outcomes = readonly (readonly (number | readonly number[])[])[];

/**
 * Tables of a world of S states, A actions and O observations, which are hidden states' only trace.
 *
 * Indices stand in the order of time: state s, action a, next state s', observation o. With A = 1 the tables are a hidden
 * Markov model.
 */
export interface Tables {
  /** [S][A][S] p(s' | s, a) at `[s][a][s']`. */
  readonly transition: readonly Matrix[];
  /** [A][S][O] p(o | a, s') at `[a][s'][o]`. */
  readonly observation: readonly Matrix[];
  /** [S][A], or [S][A][S] with the next state: expected reward of a step. Default: none. */
  readonly reward?: Outcomes;
  /** [S][A], or [S][A][S] with the next state: probability that the step ends the world. Default: it never ends. */
  readonly ending?: Outcomes;
  /** [S] p(s) at the start, which a filter begins with; planners do not read it. */
  readonly initial?: readonly number[];
  /** [S] value of a state at the horizon of a plan. Default: none. */
  readonly value?: readonly number[];
}

/** A world of discrete states, actions and observations: what {@link tabularModel} returns. */
export interface TabularModel<T extends Tables = Tables> {
  /** Distinguishes it from other models. */
  readonly kind: "tabular";
  /** As they were given. */
  readonly tables: T;
  /** S. */
  readonly states: number;
  /** A. */
  readonly actions: number;
  /** O. */
  readonly observations: number;
}

const NEEDED = ["transition", "observation"] as const;
const NAMES = [...NEEDED, "reward", "ending", "initial", "value"] as const;

/**
 * A known world of discrete states, actions and observations: one object to filter with, to plan in and to update exactly.
 *
 * States, actions and observations are whole numbers from 0.
 *
 * @throws TypeError when there is a table that {@link Tables} do not have, or one is missing
 * @throws RangeError when a table has another shape than the transition says, a row of probabilities does not sum to one,
 *   or a reward or a value is not finite
 *
 * @example
 * // a side that stays, and one action: listening, which is right with .85
 * const sides = tabularModel({
 *   transition: [[[1, 0]], [[0, 1]]],
 *   observation: [[[0.85, 0.15], [0.15, 0.85]]],
 *   initial: [0.5, 0.5],
 * });
 * sides.states; // 2
 */
export function tabularModel<T extends Tables>(tables: T & OnlyNames<T, Tables>): TabularModel<T> {
  expectKnownNames("tables", tables, NAMES, `${NAMES.join(", ")} alone`);
  for (const name of NEEDED) expectArray(name, tables[name]);
  const { transition, observation, initial, reward, ending, value } = tables;
  const S = transition.length;
  expectInteger("transition.length", S, 1);
  const A = widthOf("transition[0]", transition[0]);
  expectInteger("transition[0].length", A, 1);
  expectNextStates(transition);
  for (const [s, table] of transition.entries()) expectDistributions(`transition[${s}]`, table, A, S);
  expectLength("observation", observation, A, "one for each action");
  expectArray("observation[0]", observation[0]);
  const O = widthOf("observation[0][0]", observation[0][0]);
  for (const [a, table] of observation.entries()) expectDistributions(`observation[${a}]`, table, S, O);
  if (initial) {
    expectLength("initial", initial, S, "one for each state");
    expectDistributions("initial", [initial], 1, S);
  }
  if (reward) expectFinite("reward", eachOutcome("reward", reward, [S, A]));
  if (ending) expectShares("ending", eachOutcome("ending", ending, [S, A]));
  if (value) expectFinite("value", expectLength("value", value, S, "one for each state"));
  return { kind: "tabular", tables, states: S, actions: A, observations: O };
}

/** [S · A · S] outcomes, those that do not depend on the next state repeated. @throws RangeError when a row is missing */
export function eachOutcome(
  name: string,
  table: Outcomes,
  [S, A]: readonly [states: number, actions: number],
): number[] {
  return expectLength(name, table, S, "one for each state").flatMap((row, s) =>
    expectLength(`${name}[${s}]`, row, A, "one for each action").flatMap((entry, a) =>
      typeof entry === "number"
        ? new Array<number>(S).fill(entry)
        : expectLength(`${name}[${s}][${a}]`, entry, S, "one for each next state"),
    ),
  );
}

function widthOf(name: string, rows: ArrayLike<unknown>): number {
  expectArray(name, rows);
  return rows.length;
}

function expectLength<Row extends ArrayLike<unknown>>(
  name: string,
  row: Row,
  length: number,
  what: string,
): Row {
  expectArray(name, row);
  if (row.length !== length)
    throw new RangeError(`${name}: expected ${length} entries, ${what}, got ${row.length}`);
  return row;
}

/** Tables of another order, as [a][s][s'], have rows of another length. */
function expectNextStates(transition: readonly Matrix[]): void {
  const [S, A] = [transition.length, transition[0].length];
  const width = transition[0][0]?.length ?? 0;
  const isEven = transition.every(
    (table) => table?.length === A && table.every((row) => row?.length === width),
  );
  if (isEven && width !== S)
    throw new RangeError(
      `transition: expected [s][a][s'] with as many next states as states, got [${S}][${A}][${width}]`,
    );
}

/** Rounding that a row's sum may show. */
const SLACK = 1e-6;

function expectDistributions(name: string, table: Matrix, rows: number, columns: number): void {
  expectArray(name, table);
  expectMatrix(name, table, rows, columns);
  for (const row of table) {
    const sum = row.reduce((total, value) => total + value, 0);
    if (row.some((value) => value < 0) || Math.abs(sum - 1) > SLACK)
      throw new RangeError(
        `${name}: expected ${rows === 1 ? "" : "rows of "}probabilities that sum to 1, got ${JSON.stringify(row)}`,
      );
  }
}

function expectShares(name: string, values: readonly number[]): void {
  const wrong = values.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`${name}: expected probabilities, got ${wrong}`);
}
