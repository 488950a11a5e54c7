import { expectArray, shown } from "../../core/expect.ts";

/** Words that mean something else where names of states, actions and observations stand. */
export const RESERVED: readonly string[] = [
  ...["discount", "values", "states", "actions", "observations", "start", "include", "exclude"],
  ...["T", "O", "R", "uniform", "identity", "reset", "reward", "cost"],
];

/** Whether a word can name a state, an action or an observation: no number, no reserved word, no space, colon, `*` or `#`. */
export function isName(word: string): boolean {
  return (
    /^[^\s:*#]+$/.test(word) &&
    !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) &&
    !RESERVED.includes(word)
  );
}

/**
 * The names as given.
 *
 * @throws TypeError when they are no array of strings
 * @throws RangeError when there is none, one cannot be a name, or two are alike
 */
export function expectNames(name: string, names: readonly string[]): readonly string[] {
  expectArray(name, names);
  if (names.length === 0) throw new RangeError(`${name}: expected at least one name, got none`);
  const seen = new Set<string>();
  names.forEach((word, i) => {
    if (typeof word !== "string") throw new TypeError(`${name}[${i}]: expected a name, got ${shown(word)}`);
    if (!isName(word))
      throw new RangeError(
        `${name}[${i}]: expected a name without spaces, colons, * and #, no number and no reserved word, got ${shown(word)}`,
      );
    if (seen.has(word))
      throw new RangeError(`${name}[${i}]: expected another name each, got ${shown(word)} twice`);
    seen.add(word);
  });
  return names;
}
