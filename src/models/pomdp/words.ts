import { SUM_TOLERANCE } from "../sparse/rows.ts";

/** A word of a text, and the line it stands in. */
export interface Word {
  /** A colon, a star, or what stands between spaces, colons, stars and comments; empty behind the last word. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** The words of a text, one after the other. */
export interface Words {
  /** The word that is `ahead` words further on, without taking it. */
  peek(ahead?: number): Word;
  /** Takes the next word. */
  next(): Word;
  /** Takes the next word if it is `text`. */
  skip(text: string): boolean;
}

/** Comments from `#` to the end of the line, spaces of all kinds and a byte order mark are left out. */
export function wordsOf(text: string): Words {
  // what ends a line: \r\n, \n or \r alone
  const pattern = /(\r\n|[\n\r])|#[^\n\r]*|([:*])|([^\s:*#\uFEFF]+)/g;
  const waiting: Word[] = [];
  let line = 1;
  const scan = (): Word => {
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (match[1] !== undefined) line++;
      else if (match[2] !== undefined || match[3] !== undefined) return { text: match[0], line };
    }
    // a match of nothing begins anew: the end stays the end
    pattern.lastIndex = text.length;
    return { text: "", line };
  };
  const peek = (ahead = 0): Word => {
    while (waiting.length <= ahead) waiting.push(scan());
    return waiting[ahead];
  };
  const next = () => waiting.shift() ?? scan();
  return {
    peek,
    next,
    skip(wanted) {
      const isNext = peek().text === wanted;
      if (isNext) next();
      return isNext;
    },
  };
}

/** Stops at a word that is none of what was expected. */
export function fault(expected: string, { text, line }: Word): never {
  throw new RangeError(
    `line ${line}: expected ${expected}, got ${text === "" ? "the end of the file" : short(text)}`,
  );
}

/** A word that is not too long for a message. */
function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Takes a finite number. */
export function takeNumber(words: Words, expected: string): number {
  const word = words.next();
  const value = isNumber(word.text) ? Number(word.text) : Number.NaN;
  return Number.isFinite(value) ? value : fault(expected, word);
}

/** Takes a number in [0, 1]; above 1 by no more than sums may be. */
export function takeProbability(words: Words, expected: string): number {
  const word = words.peek();
  const value = takeNumber(words, expected);
  return value >= 0 && value <= 1 + SUM_TOLERANCE ? value + 0 : fault(`${expected} in [0, 1]`, word);
}

/** Takes a colon. */
export function takeColon(words: Words, after: string): void {
  const word = words.next();
  if (word.text !== ":") fault(`a colon after ${after}`, word);
}
