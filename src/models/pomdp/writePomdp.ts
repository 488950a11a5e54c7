import { rewardOffsets } from "../sparse/reward.ts";
import { entriesOf, type SparseRows } from "../sparse/rows.ts";
import type { SparseModel } from "../sparse/sparseModel.ts";
import { sparseOf } from "../sparse/tables.ts";
import type { TabularModel } from "../tabular.ts";

/**
 * Writes a model in Cassandra's text format, as `readPomdp` reads it: `readPomdp(writePomdp(model))` has the same numbers, to the bit.
 *
 * The format has no discount of its own and no endings: a model without a discount needs `discount` here, and one whose steps may end the
 * world is refused (give it a state that is never left and brings nothing instead).
 *
 * @param model of `readPomdp`, {@link sparseModel} or `tabularModel`
 * @param options `discount` γ in [0, 1], where the model has none
 * @throws RangeError when a step may end the world, or there is no discount
 *
 * @example
 * const text = writePomdp(tiger(), { discount: 0.95 });
 * text.split("\n")[0]; // "discount: 0.95"
 */
export function writePomdp(
  model: SparseModel | TabularModel,
  options: { readonly discount?: number } = {},
): string {
  const sparse = sparseOf(model);
  const { names, initial, discount = options.discount } = sparse;
  if (sparse.ending?.some((p) => p > 0))
    throw new RangeError(
      "ending: expected steps that never end the world, since the format has no endings; got some that do",
    );
  if (!(discount !== undefined && discount >= 0 && discount <= 1))
    throw new RangeError(`discount: expected a number in [0, 1], got ${discount}`);
  const counts = (["states", "actions", "observations"] as const).map(
    (kind) => `${kind}: ${names?.[kind]?.join(" ") ?? sparse[kind]}`,
  );
  const start = initial === undefined ? [] : ["start:", [...initial].map(digits).join(" ")];
  const { states: S, actions: A } = sparse;
  return [
    `discount: ${digits(discount)}`,
    "values: reward",
    ...counts,
    ...start,
    "",
    ...tableLines("T", sparse.transition, (row) => `${row % A} : ${Math.floor(row / A)}`),
    "",
    ...tableLines("O", sparse.observation, (row) => `${Math.floor(row / S)} : ${row % S}`),
    "",
    ...rewardLines(sparse),
    "",
  ].join("\n");
}

/** A number in the fewest digits that are read back to the same bits. */
function digits(value: number): string {
  return String(value);
}

function tableLines(name: string, table: SparseRows, where: (row: number) => string): readonly string[] {
  const lines: string[] = [];
  for (let row = 0; row < table.rows; row++)
    for (const k of entriesOf(table, row))
      lines.push(`${name}: ${where(row)} : ${table.index[k]} ${digits(table.value[k])}`);
  return lines;
}

function rewardLines(model: SparseModel): readonly string[] {
  const { states: S, actions: A, transition, observation, reward } = model;
  const offsets = reward.dependsOn === "observation" ? rewardOffsets(model) : undefined;
  const lines: string[] = [];
  for (let row = 0; row < S * A; row++) {
    const begin = `R: ${row % A} : ${Math.floor(row / A)} :`;
    if (reward.dependsOn === "action") {
      if (reward.values[row] !== 0) lines.push(`${begin} * : * ${digits(reward.values[row])}`);
      continue;
    }
    for (const k of entriesOf(transition, row)) {
      const next = transition.index[k];
      if (offsets === undefined) {
        if (reward.values[k] !== 0) lines.push(`${begin} ${next} : * ${digits(reward.values[k])}`);
        continue;
      }
      for (const j of entriesOf(observation, (row % A) * S + next)) {
        const value = reward.values[offsets[k] + j - observation.start[(row % A) * S + next]];
        if (value !== 0) lines.push(`${begin} ${next} : ${observation.index[j]} ${digits(value)}`);
      }
    }
  }
  return lines;
}
