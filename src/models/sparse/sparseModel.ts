import { expectFinite, expectInteger, expectKnownNames, expectNumber, shown } from "../../core/expect.ts";
import { expectNames } from "./names.ts";
import { collectReward, type SparseReward } from "./reward.ts";
import { collectRows, expectDistributions, type SparseRows } from "./rows.ts";

/** Names of what tables count; undefined where numbers do. */
export interface TableNames {
  /** [S] names. */
  readonly states?: readonly string[];
  /** [A] names. */
  readonly actions?: readonly string[];
  /** [O] names. */
  readonly observations?: readonly string[];
}

/**
 * A known world of S states, A actions and O observations, of whose probabilities most are 0: what {@link sparseModel},
 * `readPomdp` and the larger problems return. It is plain data, and can be cloned.
 */
export interface SparseModel {
  /** Distinguishes it from other models. */
  readonly kind: "sparse";
  /** S. */
  readonly states: number;
  /** A. */
  readonly actions: number;
  /** O. */
  readonly observations: number;
  /** [S · A, S] p(s' | s, a) in row s · A + a. */
  readonly transition: SparseRows;
  /** [A · S, O] p(o | a, s') in row a · S + s'. */
  readonly observation: SparseRows;
  /** Reward of a step. */
  readonly reward: SparseReward;
  /** [entries of `transition`] probability that the step ends the world; undefined where it never ends. */
  readonly ending?: Float64Array;
  /** [S] p(s) at the start. */
  readonly initial?: Float64Array;
  /** γ in [0, 1]. */
  readonly discount?: number;
  /** Of states, actions and observations. */
  readonly names?: TableNames;
}

/** Pairs of an index and its probability. */
export type Chances = Iterable<readonly [index: number, probability: number]>;

/** What {@link sparseModel} enumerates. Functions are called once for everything that is possible. */
export interface SparseDefinition {
  /** S, or the names of the states. */
  readonly states: number | readonly string[];
  /** A, or the names of the actions. */
  readonly actions: number | readonly string[];
  /** O, or the names of the observations. */
  readonly observations: number | readonly string[];
  /** p(s' | s, a). Those of one s' add up. */
  readonly transition: (state: number, action: number) => Chances;
  /** p(o | a, s'). Those of one o add up. */
  readonly observation: (action: number, next: number) => Chances;
  /** Reward of a step. Default: 0. */
  readonly reward?: (state: number, action: number, next: number, observation: number) => number;
  /** Probability that a step ends the world. Default: it never ends. */
  readonly ending?: (state: number, action: number, next: number) => number;
  /** p(s) at the start: pairs, or [S] probabilities. */
  readonly initial?: Chances | ArrayLike<number>;
  /** γ in [0, 1]. */
  readonly discount?: number;
}

const NAMES = ["states", "actions", "observations", "transition", "observation", "reward", "ending"];

/**
 * A known world of tables, given by functions that list what is possible.
 *
 * @throws TypeError when there is a name that definitions do not have
 * @throws RangeError when an index is outside its table, a row of probabilities does not sum to 1 within 1e-5, or a
 *   reward is not finite
 *
 * @example
 * // a walk on 1,000 places that is seen exactly
 * const walk = sparseModel({
 *   states: 1000,
 *   actions: ["left", "right"],
 *   observations: 1000,
 *   transition: (s, a) => [[Math.min(999, Math.max(0, s + (a === 0 ? -1 : 1))), 1]],
 *   observation: (_, next) => [[next, 1]],
 *   reward: (_, __, next) => Number(next === 999),
 *   initial: [[500, 1]],
 *   discount: 0.99,
 * });
 * walk.transition.value.length; // 2000 of 2 million
 */
export function sparseModel(definition: SparseDefinition): SparseModel {
  expectKnownNames("definition", definition, [...NAMES, "initial", "discount"]);
  for (const name of ["transition", "observation"] as const)
    if (typeof definition[name] !== "function")
      throw new TypeError(`${name}: expected a function, got ${shown(definition[name])}`);
  const { initial, discount, ending, reward = () => 0 } = definition;
  const S = countOf("states", definition.states);
  const A = countOf("actions", definition.actions);
  const O = countOf("observations", definition.observations);
  if (discount !== undefined) expectNumber("discount", discount, 0, 1);
  const transition = tableOf("transition", [S, A, S], (row) =>
    definition.transition(Math.floor(row / A), row % A),
  );
  const observation = tableOf("observation", [A, S, O], (row) =>
    definition.observation(Math.floor(row / S), row % S),
  );
  const names = namesOf(definition);
  return {
    ...{ kind: "sparse", states: S, actions: A, observations: O, transition, observation },
    reward: collectReward({ states: S, actions: A, transition, observation }, reward),
    ...(ending && { ending: endingOf({ transition, actions: A }, ending) }),
    ...(initial && { initial: initialOf(initial, S) }),
    ...(discount !== undefined && { discount }),
    ...(names && { names }),
  };
}

function countOf(name: string, given: number | readonly string[]): number {
  if (typeof given !== "number") return expectNames(name, given).length;
  expectInteger(name, given, 1, 2 ** 31 - 1);
  return given;
}

/** The names that a definition has; undefined when it has none. */
function namesOf(definition: SparseDefinition): TableNames | undefined {
  const kinds = ["states", "actions", "observations"] as const;
  const named = kinds.filter((kind) => typeof definition[kind] !== "number");
  return named.length === 0 ? undefined : Object.fromEntries(named.map((kind) => [kind, definition[kind]]));
}

/** [first · second, columns] with the row of (i, j) at i · second + j. */
function tableOf(
  name: string,
  [first, second, columns]: readonly [number, number, number],
  chances: (row: number) => Chances,
): SparseRows {
  const rows = collectRows(name, columns);
  const where = (row: number) => `${name}(${Math.floor(row / second)}, ${row % second})`;
  for (let row = 0; row < first * second; row++) {
    const [index, value] = listed(where(row), chances(row), columns);
    rows.push(index, value);
  }
  const table = rows.done();
  expectDistributions(table, where);
  return table;
}

function listed(name: string, chances: Chances, columns: number): [number[], number[]] {
  const index: number[] = [];
  const value: number[] = [];
  for (const [column, chance] of chances) {
    if (!(Number.isInteger(column) && column >= 0 && column < columns))
      throw new RangeError(`${name}: expected indices below ${columns}, got ${shown(column)}`);
    if (!(chance >= 0 && chance <= 1))
      throw new RangeError(`${name}: expected probabilities, got ${shown(chance)}`);
    index.push(column);
    value.push(chance);
  }
  return [index, value];
}

function endingOf(
  { transition: { rows, start, index }, actions: A }: Pick<SparseModel, "transition" | "actions">,
  ending: NonNullable<SparseDefinition["ending"]>,
): Float64Array {
  const values = new Float64Array(index.length);
  for (let row = 0; row < rows; row++)
    for (let k = start[row]; k < start[row + 1]; k++) {
      const [state, action] = [Math.floor(row / A), row % A];
      values[k] = ending(state, action, index[k]);
      if (!(values[k] >= 0 && values[k] <= 1))
        throw new RangeError(
          `ending(${state}, ${action}, ${index[k]}): expected a probability, got ${values[k]}`,
        );
    }
  return values;
}

function initialOf(given: Chances | ArrayLike<number>, S: number): Float64Array {
  const list = Array.from(given as Iterable<number | readonly [number, number]>);
  const isVector = typeof list[0] === "number";
  if (isVector && list.length !== S)
    throw new RangeError(`initial: expected ${S} probabilities, got ${list.length}`);
  const pairs = isVector ? (list as number[]).map((p, s) => [s, p] as const) : (list as [number, number][]);
  const rows = collectRows("initial", S);
  rows.push(...listed("initial", pairs, S));
  const table = rows.done();
  expectDistributions(table, () => "initial");
  const dense = new Float64Array(S);
  table.index.forEach((s, k) => {
    dense[s] = table.value[k];
  });
  return expectFinite("initial", dense);
}
