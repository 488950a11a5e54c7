/** Rows of a log as transitions: which column is what, and where episodes end. */
import type { Transition } from "../../agent/transition.ts";
import { shown } from "../../core/expect.ts";
import type { Action, Observation, Space } from "../../environments/environment.ts";
import type { Row, Rows } from "./rows.ts";

/** The column of a value, or the columns of its numbers. */
export type Column = string | readonly string[];

/** Which column of a log is what; those left out have the names of these members. */
export interface LogColumns {
  /** What was seen before the action. */
  readonly observation?: Column;
  /** What was done; empty in a row that only tells what was seen last. */
  readonly action?: Column;
  /** Of the reward. */
  readonly reward?: string;
  /** What was seen after it. Where the log has none, it is what the next row of the episode saw. */
  readonly nextObservation?: Column;
  /** Default: never. */
  readonly terminated?: string;
  /** Default: never. */
  readonly truncated?: string;
  /** Of which episode a row is: another value begins another episode. Default: flags alone end one. */
  readonly episode?: string;
}

/** The spaces of what a log holds. */
export interface LogSpaces {
  /** Of what is observed. */
  readonly observationSpace: Space;
  /** Of the actions. */
  readonly actionSpace: Space;
}

/** What was left out of a log. */
export interface Tally {
  /** Rows whose step has no observation after it. */
  dropped: number;
}

/**
 * The transitions in a log, in its order. The last one of an episode that ends without a flag is `truncated`. A step that no observation
 * follows is left out, and counted in `tally`.
 *
 * @throws TypeError or RangeError that names row and column, for a value that is missing or none
 *
 * @example
 * const rows = readCsv("x,v,u,reward\n0,1,0.5,-1\n1,2,0.1,-2\n");
 * const spaces = { observationSpace: box([-9, -9], [9, 9]), actionSpace: box([-1], [1]) };
 * const { value } = await transitionsOf(rows, spaces, { observation: ["x", "v"], action: ["u"] }).next();
 * value?.nextObservation; // [1, 2]
 */
export async function* transitionsOf(
  rows: Rows,
  spaces: LogSpaces,
  columns: LogColumns = {},
  tally: Tally = { dropped: 0 },
): AsyncGenerator<Transition, void> {
  // the newest transition, until it is known that a step of its episode follows
  let held: Transition | undefined;
  for await (const [step, following] of pairsOf(rows, readerOf(spaces, columns))) {
    const isSame = following !== undefined && following.episode === step.episode;
    const goesOn = isSame && !step.terminated && !step.truncated;
    if (step.action === undefined) continue;
    const { observation, action, reward, terminated, truncated } = step;
    const isTold = isSame && (goesOn || following.action === undefined);
    const nextObservation = step.nextObservation ?? (isTold ? following.observation : undefined);
    if (nextObservation === undefined) {
      tally.dropped++;
      if (held !== undefined) yield { ...held, truncated: true };
      held = undefined;
      continue;
    }
    if (held !== undefined) yield held;
    const made = { observation, action, reward, nextObservation, terminated, truncated };
    held = goesOn && following.action !== undefined ? made : undefined;
    if (held === undefined) yield { ...made, truncated: truncated || !terminated };
  }
}

/** What a row says. */
interface Step {
  readonly observation: Observation;
  /** Undefined in a row that only tells what was seen last. */
  readonly action: Action | undefined;
  readonly reward: number;
  readonly nextObservation: Observation | undefined;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly episode: unknown;
}

/** Each row with the one after it. */
async function* pairsOf(
  rows: Rows,
  read: (row: Row, number: number) => Step,
): AsyncGenerator<readonly [Step, Step | undefined], void> {
  let before: Step | undefined;
  let number = 0;
  for await (const row of rows) {
    const step = read(row, ++number);
    if (before !== undefined) yield [before, step];
    before = step;
  }
  if (before !== undefined) yield [before, undefined];
}

function readerOf({ observationSpace, actionSpace }: LogSpaces, columns: LogColumns) {
  return (row: Row, number: number): Step => {
    const name = (member: keyof LogColumns): Column => columns[member] ?? member;
    const cell = (column: string) => row[column];
    const isThere = (member: keyof LogColumns) =>
      [name(member)].flat().every((column) => !isEmpty(cell(column)));
    const valueFor = (member: keyof LogColumns, space: Space): unknown => {
      const column = name(member);
      const place = (one: string) => `row ${number}, ${one}`;
      if (typeof column !== "string") return column.map((one) => numberIn(place(one), cell(one)));
      return valueIn(place(column), cell(column), space);
    };
    const flag = (member: "terminated" | "truncated"): boolean => {
      const column = name(member) as string;
      if (columns[member] === undefined && isEmpty(cell(column))) return false;
      return flagIn(`row ${number}, ${column}`, cell(column));
    };
    const isAction = isThere("action");
    return {
      observation: valueFor("observation", observationSpace) as Observation,
      action: isAction ? (valueFor("action", actionSpace) as Action) : undefined,
      reward: isAction ? numberIn(`row ${number}, ${name("reward")}`, cell(name("reward") as string)) : 0,
      nextObservation: isThere("nextObservation")
        ? (valueFor("nextObservation", observationSpace) as Observation)
        : undefined,
      ...{ terminated: flag("terminated"), truncated: flag("truncated") },
      episode: columns.episode === undefined ? row.episode : cell(columns.episode),
    };
  };
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";

/** A number; cells of CSV files are texts, and 64-bit integers of Parquet files bigints. */
function numberIn(place: string, value: unknown): number {
  const number =
    typeof value === "bigint" || (typeof value === "string" && value.trim() !== "") ? Number(value) : value;
  if (typeof number === "number" && !Number.isNaN(number)) return number;
  throw new TypeError(`${place}: expected a number, got ${shown(value)}`);
}

/** A value of a space in one cell: a number, a list of numbers, a list as JSON, or, of a dict, as it is. */
function valueIn(place: string, value: unknown, { kind }: Space): unknown {
  if (isEmpty(value)) throw new TypeError(`${place}: expected a value, got ${shown(value)}`);
  if (kind === "dict" || kind === "tuple") return value;
  const list = typeof value === "string" && value.trim().startsWith("[") ? listIn(place, value) : value;
  if (kind === "discrete") return numberIn(place, isList(list) && list.length === 1 ? list[0] : list);
  if (isList(list)) return Array.from(list, (item) => numberIn(place, item));
  return [numberIn(place, list)];
}

function listIn(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`${place}: expected a list as JSON, got ${shown(text.slice(0, 40))}`, { cause });
  }
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || ArrayBuffer.isView(value);

function flagIn(place: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  const text = String(value).toLowerCase();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new TypeError(`${place}: expected true or false, got ${shown(value)}`);
}
