import type { CAC } from "cac";

/** Options as cac parsed them: numbers where they look like numbers, by their name in camel case. */
export type Given = Readonly<Record<string, unknown>>;

/** The range of a number, both ends included. */
export interface Range {
  readonly minimum: number;
  readonly maximum?: number;
}

/** The seeds that the generator takes: 32 bits. */
export const SEEDS: Range = { minimum: 0, maximum: 2 ** 32 - 1 };

/** A whole number within a range; undefined when not given. @throws RangeError that names the option */
export function wholeNumber(given: Given, name: string, range: Range): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const { minimum, maximum = Infinity } = range;
  if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum) return Number(value);
  const words = maximum === Infinity ? `≥ ${minimum}` : `between ${minimum} and ${maximum}`;
  throw new RangeError(`${flag(name)}: expected a whole number ${words}, got ${JSON.stringify(value)}`);
}

/** A number within a range; undefined when not given. @throws RangeError that names the option */
export function realNumber(
  given: Given,
  name: string,
  { minimum, maximum = Infinity }: Range,
): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= minimum && value <= maximum) return value;
  throw new RangeError(
    `${flag(name)}: expected a number between ${minimum} and ${maximum}, got ${JSON.stringify(value)}`,
  );
}

/** A text that is not empty; undefined when not given. @throws TypeError that names the option */
export function textOption(given: Given, name: string): string | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  if ((typeof value !== "string" && typeof value !== "number") || value === "")
    throw new TypeError(`${flag(name)}: expected one value, got ${JSON.stringify(value)}`);
  return String(value);
}

/**
 * Checks what cac leaves open: that the command and every option exist, that options which want a value have
 * one, that no argument is missing or too many.
 *
 * @throws RangeError that names the first fault
 */
export function expectArguments(cli: CAC): void {
  const { matchedCommand: command, args } = cli;
  if (command === undefined) {
    const known = cli.commands.map(({ name }) => name).join(", ");
    if (args.length > 0) throw new RangeError(`command: expected one of ${known}, got ${args[0]}`);
    throw new RangeError(`command: expected one of ${known}, got options alone`);
  }
  expectOptions(cli, command.name);
  const missing = command.args[args.length];
  if (missing?.required) throw new RangeError(`${command.name}: expected <${missing.value}>, got none`);
  if (!command.args.some(({ variadic }) => variadic) && args.length > command.args.length)
    throw new RangeError(
      `${command.name}: expected ${command.args.length || "no"} arguments, got ${args.length}: ${args.join(" ")}`,
    );
}

function expectOptions(cli: CAC, command: string): void {
  const options = [...(cli.matchedCommand?.options ?? []), ...cli.globalCommand.options];
  const given = Object.entries(cli.options).filter(([name]) => name !== "--");
  for (const { name, required } of options)
    if (required && cli.options[name] === true)
      throw new RangeError(`${flag(name)}: expected a value, got none`);
  for (const [name, value] of given) {
    if (value !== false && options.some(({ names }) => names.includes(name))) continue;
    const known = options.map(({ name }) => flag(name));
    const wrong = value === false ? `--no-${kebab(name)}` : flag(name);
    const some = known.length > MOST_LISTED ? [...nearest(wrong, known), "…"] : known;
    throw new RangeError(
      `${wrong}: expected an option of ${command} (${some.join(", ")}), got an unknown one`,
    );
  }
}

/** Options that a message lists; of more it names those that look alike. */
const MOST_LISTED = 12;

/** The three words that take the fewest changes of a letter to become `word`. */
function nearest(word: string, words: readonly string[]): readonly string[] {
  const distances = new Map(words.map((known) => [known, distance(word, known)]));
  return [...words].sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0)).slice(0, 3);
}

/** Letters to insert, remove or change (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(from[i - 1] !== to[j - 1])));
    row = next;
  }
  return row[to.length];
}

/** An option as it is typed. */
export function flag(name: string): string {
  return name.length === 1 ? `-${name}` : `--${kebab(name)}`;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
