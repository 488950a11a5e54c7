import type { Outcomes, TabularModel } from "../tabular.ts";
import { collectReward, expectedReward } from "./reward.ts";
import { collectRows, type SparseRows } from "./rows.ts";
import type { SparseModel } from "./sparseModel.ts";

/** Tables as sparse ones, made once a model. */
const made = new WeakMap<TabularModel, SparseModel>();

/** A model of tables with its zeros left out: a sparse model as it is, a tabular one with the same numbers. */
export function sparseOf(model: TabularModel | SparseModel): SparseModel {
  if (model.kind === "sparse") return model;
  const found = made.get(model) ?? withoutZeros(model);
  made.set(model, found);
  return found;
}

function withoutZeros({ tables, states: S, actions: A, observations: O }: TabularModel): SparseModel {
  const transition = flattened("transition", tables.transition, S);
  const observation = flattened("observation", tables.observation, O);
  const { reward, ending, initial } = tables;
  const outcome = (table: Outcomes, s: number, a: number, next: number) => {
    const entry = table[s][a];
    return typeof entry === "number" ? entry : entry[next];
  };
  const endings = new Float64Array(transition.index.length);
  if (ending)
    for (let row = 0; row < S * A; row++)
      for (let k = transition.start[row]; k < transition.start[row + 1]; k++)
        endings[k] = outcome(ending, Math.floor(row / A), row % A, transition.index[k]);
  return {
    ...{ kind: "sparse", states: S, actions: A, observations: O, transition, observation },
    reward: collectReward({ states: S, actions: A, transition, observation }, (s, a, next) =>
      reward ? outcome(reward, s, a, next) : 0,
    ),
    ...(endings.some((value) => value > 0) && { ending: endings }),
    ...(initial && { initial: Float64Array.from(initial) }),
  };
}

/** [i][j] rows one after the other. */
function flattened(name: string, tables: TabularModel["tables"]["transition"], columns: number): SparseRows {
  const rows = collectRows(name, columns);
  const every = Array.from({ length: columns }, (_, k) => k);
  for (const table of tables) for (const row of table) rows.push(every, row);
  return rows.done();
}

/** Numbers of dense tables beyond which a model is refused where they are needed. */
const MOST = 5e7;

/**
 * A sparse model with every zero written out, as planners that simulate it in the kernels' memory need it. Rewards that depend on the
 * observation are replaced by their expectation.
 *
 * @throws RangeError when S · A · S is larger than 50 million
 */
export function tabularOf(model: TabularModel | SparseModel): TabularModel {
  if (model.kind === "tabular") return model;
  const { states: S, actions: A, observations: O, transition, observation, reward, ending, initial } = model;
  if (S * A * Math.max(S, O) > MOST)
    throw new RangeError(
      `states: expected S · A · S ≤ ${MOST} for tables with every zero, got ${S} · ${A} · ${S}; solvePomdp plans without them`,
    );
  const grid = <Value>(first: number, second: number, value: (row: number) => Value) =>
    Array.from({ length: first }, (_, i) => Array.from({ length: second }, (_, j) => value(i * second + j)));
  const byNext = (values: Float64Array) => grid(S, A, (row) => denseRow(transition, row, values));
  const expected = reward.dependsOn === "next" ? undefined : expectedReward(model);
  const tables = {
    transition: grid(S, A, (row) => denseRow(transition, row)),
    observation: grid(A, S, (row) => denseRow(observation, row)),
    reward: expected ? grid(S, A, (row) => expected[row]) : byNext(reward.values),
    ...(ending && { ending: byNext(ending) }),
    ...(initial && { initial: Array.from(initial) }),
  };
  return { kind: "tabular", tables, states: S, actions: A, observations: O };
}

function denseRow({ columns, start, index, value }: SparseRows, row: number, values = value): number[] {
  const dense = new Array<number>(columns).fill(0);
  for (let k = start[row]; k < start[row + 1]; k++) dense[index[k]] = values[k];
  return dense;
}
