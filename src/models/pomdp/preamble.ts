import { isName } from "../sparse/names.ts";
import { fault, isNumber, takeColon, takeNumber, type Word, type Words } from "./words.ts";

/** What is counted. */
export type Kind = "states" | "actions" | "observations";

/** What a file says before its tables. */
export interface Preamble {
  discount: number | undefined;
  /** Whether rewards are costs. */
  isCost: boolean;
  /** How many there are, and their numbers by their names, where they have names. */
  readonly counts: Partial<Record<Kind, Count>>;
  /** What the start says, until the states are known. */
  start: Start | undefined;
}

/** How many states, actions or observations there are. */
export interface Count {
  readonly size: number;
  /** Undefined where numbers are all there is. */
  readonly names: readonly string[] | undefined;
  readonly indices: ReadonlyMap<string, number>;
}

interface Start {
  readonly kind: "list" | "include" | "exclude";
  readonly words: readonly Word[];
  /** Of the word `start`. */
  readonly line: number;
}

const KINDS: readonly string[] = ["states", "actions", "observations"];

/** Words that a statement begins with. */
export const STATEMENTS: readonly string[] = [
  "discount",
  "values",
  "states",
  "actions",
  "observations",
  "start",
  "T",
  "O",
  "R",
];

/** Takes a statement of the preamble. @returns false where another statement begins */
export function takePreamble(words: Words, preamble: Preamble): boolean {
  const word = words.peek();
  if (word.text === "start") takeStart(words, preamble);
  else if (KINDS.includes(word.text)) takeCount(words, preamble, word.text as Kind);
  else if (word.text === "discount") {
    words.next();
    takeColon(words, "discount");
    const given = words.peek();
    preamble.discount = takeNumber(words, "a discount between 0 and 1");
    if (!(preamble.discount >= 0 && preamble.discount <= 1)) fault("a discount between 0 and 1", given);
  } else if (word.text === "values") {
    words.next();
    takeColon(words, "values");
    const given = words.next();
    if (given.text !== "reward" && given.text !== "cost") fault("reward or cost", given);
    preamble.isCost = given.text === "cost";
  } else return false;
  return true;
}

function takeCount(words: Words, { counts }: Preamble, kind: Kind): void {
  const first = words.next();
  if (counts[kind] !== undefined) fault(`${kind} once`, first);
  takeColon(words, kind);
  const list = takeList(words);
  if (list.length === 0) fault(`a number of ${kind} or their names`, words.peek());
  const [{ text }] = list;
  const isNumbered = list.length > 1 && list.every((word, i) => word.text === String(i));
  if ((list.length === 1 && isNumber(text)) || isNumbered) {
    const size = isNumbered ? list.length : Number(text);
    if (!(Number.isInteger(size) && size >= 1 && size < 2 ** 31))
      fault(`a number of ${kind} ≥ 1 or their names`, list[0]);
    counts[kind] = { size, names: undefined, indices: new Map() };
    return;
  }
  const indices = new Map<string, number>();
  for (const name of list) {
    if (!isName(name.text)) fault(`a name of one of the ${kind}, no number and no reserved word`, name);
    if (indices.has(name.text)) fault(`${kind} of different names`, name);
    indices.set(name.text, indices.size);
  }
  counts[kind] = { size: list.length, names: [...indices.keys()], indices };
}

/** Takes all words up to the next statement. */
function takeList(words: Words): readonly Word[] {
  const list: Word[] = [];
  while (words.peek().text !== "" && !beginsStatement(words)) list.push(words.next());
  return list;
}

/** Whether a colon follows: of no name one does. */
function beginsStatement(words: Words): boolean {
  const after = words.peek(1).text;
  return after === ":" || (words.peek().text === "start" && (after === "include" || after === "exclude"));
}

function takeStart(words: Words, preamble: Preamble): void {
  const { line } = words.next();
  const kind = words.skip("include") ? "include" : words.skip("exclude") ? "exclude" : "list";
  takeColon(words, kind === "list" ? "start" : `start ${kind}`);
  preamble.start = { kind, words: takeList(words), line };
}

/** The counts of an entire preamble; without observations states are seen. @throws RangeError at `word` when another is missing */
export function expectCounts(
  { counts: { states, actions, observations }, discount }: Preamble,
  word: Word,
): Record<Kind, Count> {
  if (states === undefined) return fault("states: before the tables", word);
  if (actions === undefined) return fault("actions: before the tables", word);
  if (discount === undefined) return fault("discount: before the tables", word);
  return { states, actions, observations: observations ?? states };
}

/** Takes a name or a number of what is counted; −1 for a star. */
export function takeIndex(words: Words, kind: Kind, count: Count): number {
  return indexOf(words.next(), kind, count, true);
}

function indexOf(word: Word, kind: Kind, { size, indices, names }: Count, mayBeAny: boolean): number {
  if (mayBeAny && word.text === "*") return -1;
  const index = indices.get(word.text) ?? (/^\d+$/.test(word.text) ? Number(word.text) : Number.NaN);
  if (index < size) return index;
  const known = names === undefined || names.length > MOST_LISTED ? `0 to ${size - 1}` : names.join(", ");
  const what =
    names !== undefined && names.length > MOST_LISTED
      ? `one of the ${size} ${kind}, or ${known}`
      : `one of the ${kind} ${known}`;
  return fault(mayBeAny ? `${what}, or *` : what, word);
}

/** Names that a message lists. */
const MOST_LISTED = 8;

/** p(s) at the start; uniform where a file says nothing. */
export function initialOf({ start }: Preamble, states: Count): Float64Array {
  const S = states.size;
  if (start === undefined) return new Float64Array(S).fill(1 / S);
  const { kind, words, line } = start;
  if (words.length === 0) fault("states or probabilities after start", { text: "none", line });
  if (kind !== "list") return among(start, states);
  if (words.length === 1 && words[0].text === "uniform") return new Float64Array(S).fill(1 / S);
  // of one state, 0 is its number, and 1 its probability
  if (words.length === 1 && !(S === 1 && isNumber(words[0].text) && Number(words[0].text) > 0))
    return only([indexOf(words[0], "states", states, false)], S);
  const vector = Float64Array.from(words, (word) => {
    const value = isNumber(word.text) ? Number(word.text) : Number.NaN;
    return value >= 0 && value <= 1 ? value + 0 : fault("a probability in [0, 1]", word);
  });
  if (vector.length !== S)
    fault(`${S} probabilities after start, one for each state`, { text: String(vector.length), line });
  return vector;
}

/** All states that are included, or all but those that are excluded, alike. */
function among({ kind, words, line }: Start, states: Count): Float64Array {
  const listed = new Set(words.map((word) => indexOf(word, "states", states, false)));
  const chosen = Array.from({ length: states.size }, (_, s) => s).filter(
    (s) => listed.has(s) === (kind === "include"),
  );
  if (chosen.length === 0) fault("a state that is not excluded", { text: "none", line });
  return only(chosen, states.size);
}

function only(chosen: readonly number[], S: number): Float64Array {
  const initial = new Float64Array(S);
  for (const s of chosen) initial[s] = 1 / chosen.length;
  return initial;
}
