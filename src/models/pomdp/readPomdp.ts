import { shown } from "../../core/expect.ts";
import { SUM_TOLERANCE } from "../sparse/rows.ts";
import type { SparseModel, TableNames } from "../sparse/sparseModel.ts";
import { type Count, expectCounts, initialOf, type Preamble, STATEMENTS, takePreamble } from "./preamble.ts";
import { rewardOf } from "./rewards.ts";
import { resolveResets, startTables, type Tables, takeTable } from "./statements.ts";
import { fault, type Word, type Words, wordsOf } from "./words.ts";

/** A model that a file describes: it always has a start, a discount and rewards. */
export type PomdpModel = SparseModel & Required<Pick<SparseModel, "initial" | "discount">>;

/**
 * Reads a POMDP in Cassandra's text format (https://www.pomdp.org/code/pomdp-file-spec.html).
 *
 * All of the format is read: names or counts, numbers in place of names, `*`, single entries, rows, matrices, `identity`, `uniform` and
 * `reset`, every form of `start`, rewards that depend on the next state and on the observation, `values: cost` (rewards are then what the
 * file says, negated), comments, preambles in any order; without observations it is an MDP, whose states are seen. Later lines go over earlier ones. A probability or a reward that no line gives
 * is 0; without `start` every state is as likely, without `values` the numbers are rewards.
 *
 * @param text of the file
 * @throws TypeError when it is no text
 * @throws RangeError that names the line, what was expected and what came: of words, names and numbers that do not belong there, and of
 *   rows of probabilities that do not sum to 1 within 1e-5
 *
 * @example
 * const sides = readPomdp(`
 *   discount: 0.95
 *   states: left right
 *   actions: listen
 *   observations: 2
 *   T: listen identity
 *   O: listen
 *   0.85 0.15
 *   0.15 0.85
 *   R: listen : * : * : * -1
 * `);
 * sides.names.states; // ["left", "right"]
 */
export function readPomdp(text: string): PomdpModel {
  if (typeof text !== "string") throw new TypeError(`text: expected the text of a file, got ${shown(text)}`);
  const words = wordsOf(text);
  const preamble: Preamble = { discount: undefined, isCost: false, counts: {}, start: undefined };
  let tables: Tables | undefined;
  for (let before = ""; words.peek().text !== ""; ) {
    const word = words.peek();
    if (!STATEMENTS.includes(word.text))
      fault(`${STATEMENTS.slice(0, -1).join(", ")} or R${before && ` after the numbers of ${before}`}`, word);
    before = word.text;
    if (takePreamble(words, preamble)) continue;
    tables ??= tablesOf(preamble, word);
    takeTable(words, tables, preamble);
  }
  return modelOf(words, preamble, tables ?? tablesOf(preamble, words.peek()));
}

/** The tables of an entire preamble, which begin at a word. */
function tablesOf(preamble: Preamble, word: Word): Tables {
  const isSeen = preamble.counts.observations === undefined;
  return startTables(expectCounts(preamble, word), { isSeen, line: word.line });
}

function modelOf(words: Words, preamble: Preamble, tables: Tables): PomdpModel {
  const { states, actions, observations } = tables.counts;
  const { line } = words.peek();
  const [S, A, O] = [states.size, actions.size, observations.size];
  const initial = initialOf(preamble, states);
  expectStart(initial, preamble.start?.line ?? line);
  resolveResets(tables, initial);
  const transition = tables.transition.done(
    (row) => `of T for action ${nameOf(actions, row % A)} and state ${nameOf(states, Math.floor(row / A))}`,
    line,
  );
  const observation = tables.observation.done(
    (row) => `of O for action ${nameOf(actions, Math.floor(row / S))} and state ${nameOf(states, row % S)}`,
    line,
  );
  const possible = { states: S, actions: A, transition, observation };
  const names = namesOf(tables.counts);
  return {
    ...{ kind: "sparse", ...possible, observations: O },
    reward: rewardOf(possible, tables.rules),
    initial,
    discount: preamble.discount ?? 1,
    ...(names && { names }),
  };
}

function expectStart(initial: Float64Array, line: number): void {
  const sum = initial.reduce((total, p) => total + p, 0);
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE))
    throw new RangeError(
      `line ${line}: expected a start of probabilities that sum to 1 within ${SUM_TOLERANCE}, got a sum of ${Number(sum.toPrecision(12))}`,
    );
}

function nameOf({ names }: Count, index: number): string {
  return names?.[index] ?? String(index);
}

function namesOf(counts: Tables["counts"]): TableNames | undefined {
  const named = Object.entries(counts).flatMap(([kind, { names }]) => (names ? [[kind, names]] : []));
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}
