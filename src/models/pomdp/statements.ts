import { type Count, type Kind, type Preamble, takeIndex } from "./preamble.ts";
import { type Probabilities, probabilityRows } from "./probabilities.ts";
import type { RewardRule } from "./rewards.ts";
import { fault, takeColon, takeNumber, takeProbability, type Words } from "./words.ts";

/** What the lines of a file have said of its tables so far. */
export interface Tables {
  readonly counts: Readonly<Record<Kind, Count>>;
  /** [S · A, S], row s · A + a. */
  readonly transition: Probabilities;
  /** [A · S, O], row a · S + s'. */
  readonly observation: Probabilities;
  readonly rules: RewardRule[];
  /** Rows of the transition that begin anew, with their lines. */
  readonly resets: Map<number, number>;
  /** Whether the file has no observations: the state itself is seen. */
  readonly isSeen: boolean;
}

/** @param line of the first statement about tables */
export function startTables(
  counts: Readonly<Record<Kind, Count>>,
  { isSeen, line }: { readonly isSeen: boolean; readonly line: number },
): Tables {
  const [S, A, O] = [counts.states.size, counts.actions.size, counts.observations.size];
  const observation = probabilityRows("O", A * S, O);
  if (isSeen) for (let row = 0; row < A * S; row++) observation.assign(row, new Map([[row % S, 1]]), line);
  const transition = probabilityRows("T", S * A, S);
  return { counts, transition, observation, rules: [], resets: new Map(), isSeen };
}

/** Writes the rows that begin anew, now that the start is known. */
export function resolveResets({ transition, resets }: Tables, initial: Float64Array): void {
  const entries = new Map([...initial.entries()].filter(([, p]) => p > 0));
  for (const [row, line] of resets) transition.assign(row, entries, line);
}

/** Takes a statement T, O or R. */
export function takeTable(words: Words, tables: Tables, { isCost }: Preamble): void {
  const word = words.next();
  const { text } = word;
  takeColon(words, text);
  if (text === "R") tables.rules.push(...takeReward(words, tables, isCost));
  else if (text === "O" && tables.isSeen) fault("observations: before the tables", word);
  else takeProbabilities(words, text === "T" ? transitionTable(tables) : observationTable(tables));
}

/** A table of probabilities as statements speak of it. */
interface Table {
  readonly name: "T" | "O";
  readonly counts: Tables["counts"];
  readonly rows: Probabilities;
  /** What a row's entries are. */
  readonly columns: "states" | "observations";
  /** Calls with the rows of an action and a state, −1 for all, and with their states. */
  eachRow(action: number, state: number, call: (row: number, state: number) => void): void;
  /** Rows that begin anew are noted here, where the table can have them. */
  readonly resets?: Map<number, number>;
}

function transitionTable({ counts, transition, resets }: Tables): Table {
  const [S, A] = [counts.states.size, counts.actions.size];
  const eachRow: Table["eachRow"] = (action, state, call) =>
    each(state, S, (s) =>
      each(action, A, (a) => {
        resets.delete(s * A + a);
        call(s * A + a, s);
      }),
    );
  return { name: "T", counts, rows: transition, columns: "states", eachRow, resets };
}

function observationTable({ counts, observation }: Tables): Table {
  const [S, A] = [counts.states.size, counts.actions.size];
  const eachRow: Table["eachRow"] = (action, state, call) =>
    each(action, A, (a) => each(state, S, (s) => call(a * S + s, s)));
  return { name: "O", counts, rows: observation, columns: "observations", eachRow };
}

/** Calls with `index`, or with all below `size` where it is −1. */
function each(index: number, size: number, call: (i: number) => void): void {
  for (let i = Math.max(0, index); i < (index < 0 ? size : index + 1); i++) call(i);
}

/** T: a : s : s' p, or T: a : s and a row, or T: a and a matrix; O: a : s' : o p and so on. */
function takeProbabilities(words: Words, table: Table): void {
  const { counts, rows, columns, eachRow } = table;
  const { line } = words.peek();
  const action = takeIndex(words, "actions", counts.actions);
  if (!words.skip(":")) {
    takeMatrix(words, table, action, line);
    return;
  }
  const state = takeIndex(words, "states", counts.states);
  if (!words.skip(":")) {
    takeRow(words, table, [action, state], line);
    return;
  }
  const column = takeIndex(words, columns, counts[columns]);
  const p = takeProbability(words, "a probability");
  eachRow(action, state, (row) => {
    if (column < 0) rows.fill(row, p, line);
    else rows.set(row, column, p, line);
  });
}

function takeMatrix(words: Words, table: Table, action: number, line: number): void {
  const { name, counts, rows, columns, eachRow, resets } = table;
  const [S, size] = [counts.states.size, counts[columns].size];
  const word = words.peek();
  if (words.skip("uniform")) eachRow(action, -1, (row) => rows.fill(row, 1 / size, line));
  else if (resets !== undefined && words.skip("reset")) eachRow(action, -1, (row) => resets.set(row, line));
  else if (words.skip("identity")) {
    if (size !== S)
      fault(`as many observations as states, ${S}, for identity`, { text: String(size), line: word.line });
    eachRow(action, -1, (row, s) => rows.assign(row, new Map([[s, 1]]), line));
  } else
    for (let s = 0; s < S; s++) {
      const begin = words.peek().line;
      const entries = takeEntries(words, size, `row ${s} of ${name}'s matrix`);
      eachRow(action, s, (row) => rows.assign(row, entries, begin));
    }
}

function takeRow(
  words: Words,
  { name, counts, rows, columns, eachRow, resets }: Table,
  [action, state]: readonly [number, number],
  line: number,
): void {
  const { size } = counts[columns];
  if (words.skip("uniform")) eachRow(action, state, (row) => rows.fill(row, 1 / size, line));
  else if (resets !== undefined && words.skip("reset"))
    eachRow(action, state, (row) => resets.set(row, line));
  else {
    const entries = takeEntries(words, size, `${name}'s row`);
    eachRow(action, state, (row) => rows.assign(row, entries, line));
  }
}

/** Takes as many probabilities as there are columns: those that are not 0. */
function takeEntries(words: Words, columns: number, what: string): ReadonlyMap<number, number> {
  const entries = new Map<number, number>();
  for (let k = 0; k < columns; k++) {
    const p = takeProbability(words, `number ${k + 1} of ${columns} of ${what}`);
    if (p !== 0) entries.set(k, p);
  }
  return entries;
}

/**
 * R: a : s : s' : o r, or R: a : s : s' and a row, or R: a : s and a matrix. Where the state is seen there is no o:
 * R: a : s : s' r, or R: a : s and a row, or R: a and a matrix.
 */
function takeReward(words: Words, { counts, isSeen }: Tables, isCost: boolean): readonly RewardRule[] {
  const { states, actions, observations } = counts;
  const action = takeIndex(words, "actions", actions);
  const take = (expected: string) => {
    const value = takeNumber(words, expected);
    // −0 is 0
    return isCost ? 0 - value : value + 0;
  };
  if (isSeen && words.peek().text !== ":")
    return Array.from({ length: states.size }, (_, s) => rowOfSeen(take, action, s, states.size)).flat();
  takeColon(words, "the action of R");
  const state = takeIndex(words, "states", states);
  const next = words.skip(":") ? takeIndex(words, "states", states) : undefined;
  if (isSeen && next === undefined) return rowOfSeen(take, action, state, states.size);
  const observation =
    next !== undefined && words.skip(":") ? takeIndex(words, "observations", observations) : undefined;
  const where = { action, state, next: next ?? -1, observation: observation ?? -1 };
  if (observation !== undefined || isSeen) return [{ ...where, value: take("a reward") }];
  const size = observations.size * (next === undefined ? states.size : 1);
  const what = next === undefined ? "matrix" : "row";
  const value = Float64Array.from({ length: size }, (_, i) =>
    take(`number ${i + 1} of ${size} of R's ${what}`),
  );
  return [{ ...where, value }];
}

/** A reward for each next state, where the state is seen. */
function rowOfSeen(
  take: (expected: string) => number,
  action: number,
  state: number,
  size: number,
): readonly RewardRule[] {
  return Array.from({ length: size }, (_, next) => {
    const value = take(`number ${next + 1} of ${size} of R's row`);
    return { action, state, next, observation: -1, value };
  });
}
