/**
 * Tables of options. An option is one row beside the code that reads it: what it is, its default, its range, and what it
 * serves; its doc-comment is the row's. Types, checks, the documented table and the command line's flags follow from
 * the rows (docs/decisions/0017-option-table.md).
 *
 * What options serve are subjects: the kinds of agent, or a planner or filter that stands alone.
 */
import { itemShown, range, shown } from "./expect.ts";

/** One value for all subjects that a row serves, or a value for each. */
export type Each<Value> = Value | { readonly [subject: string]: Value };

/** The part of a row beside its default. */
export interface Spec {
  /** Least value of a number, or of each number of a list. */
  readonly from?: Each<number>;
  /** Greatest. */
  readonly to?: Each<number>;
  /** What a whole number has to be a multiple of. */
  readonly multipleOf?: Each<number>;
  /** Words that stand for a number, such as "auto". */
  readonly words?: readonly string[];
  readonly choices?: Each<readonly string[]>;
  /** Greatest length of a list. */
  readonly most?: number;
  /** Left out: the subjects that have a default of their own, or else every subject. */
  readonly serves?: readonly string[];
  /** Whether it may change while its agent runs. */
  readonly isAdjustable?: true;
}

/** What an option may hold. */
export type Kind = "whole" | "real" | "flag" | "choice" | "wholes" | "reals";

/** An option. */
export interface Row<Value, Default, Own> {
  readonly kind: Kind;
  readonly default: Default;
  readonly spec: Own;
  /** Of the type that the row describes: for the compiler alone, no row holds one. */
  readonly value?: Value;
}

/** Any option, as the code here reads it. */
export type AnyRow = Row<unknown, Each<unknown>, Spec>;
export type Table = Readonly<Record<string, AnyRow>>;

interface NumberSpec extends Spec {
  readonly from: Each<number>;
  readonly to: Each<number>;
}

type WordsOf<Own> = Own extends { readonly words: readonly (infer Word)[] } ? Word : never;

/** A whole number in [from, to]. */
export function whole<const Default extends Each<number | string>, const Own extends NumberSpec>(
  initial: Default,
  spec: Own,
): Row<number | WordsOf<Own>, Default, Own> {
  return { kind: "whole", default: initial, spec };
}

/** A number in [from, to]; both bounds are finite as f32, and so is what lies between. */
export function real<const Default extends Each<number | string>, const Own extends NumberSpec>(
  initial: Default,
  spec: Own,
): Row<number | WordsOf<Own>, Default, Own> {
  return { kind: "real", default: initial, spec };
}

/** True or false. */
export function flag<const Default extends Each<boolean>, const Own extends Spec>(
  initial: Default,
  spec: Own,
): Row<boolean, Default, Own> {
  return { kind: "flag", default: initial, spec };
}

type ChoiceOf<Choices> = Choices extends readonly (infer Choice)[]
  ? Choice
  : Choices extends { readonly [subject: string]: readonly (infer Choice)[] }
    ? Choice
    : never;

/** One of some words. */
export function choice<
  const Default extends Each<string>,
  const Choices extends Each<readonly string[]>,
  const Own extends Spec = Record<never, never>,
>(
  initial: Default,
  choices: Choices,
  spec?: Own,
): Row<ChoiceOf<Choices>, Default, Own & { readonly choices: Choices }> {
  return { kind: "choice", default: initial, spec: { ...(spec as Own), choices } };
}

/** Widths of up to four hidden layers. */
export function widths<const Own extends Spec>(
  initial: readonly number[],
  spec: Own,
): Row<readonly number[], readonly number[], Own> {
  return { kind: "wholes", default: initial, spec: { from: 1, to: 1024, most: 4, ...spec } };
}

/** Some numbers, each in [from, to]. */
export function reals<const Own extends NumberSpec & { readonly most: number }>(
  initial: readonly number[],
  spec: Own,
): Row<readonly number[], readonly number[], Own> {
  return { kind: "reals", default: initial, spec };
}

/** What a row describes. */
export type ValueOf<Option> = Option extends Row<infer Value, infer _Default, infer _Own> ? Value : never;

/** The subjects that a row serves. */
export type SubjectOf<Option> =
  Option extends Row<infer _Value, infer Default, infer Own>
    ? Own extends { readonly serves: readonly (infer Subject)[] }
      ? Subject
      : Default extends readonly unknown[]
        ? string
        : Default extends object
          ? keyof Default
          : string
    : never;

type NameFor<Name, Option, Subject> = Subject & SubjectOf<Option> extends never ? never : Name;

/** The options of a table that serve a subject, as they are given: each may be left out. */
export type Given<Options, Subject extends string> = {
  readonly [Name in keyof Options as NameFor<Name, Options[Name], Subject>]?: ValueOf<Options[Name]>;
};

/** The options of a table that serve a subject, every default filled in. */
export type Resolved<Options, Subject extends string> = {
  readonly [Name in keyof Options as NameFor<Name, Options[Name], Subject>]: ValueOf<Options[Name]>;
};

/** Whether a row serves a subject. */
export function isServed({ default: initial, spec }: AnyRow, subject: string): boolean {
  if (spec.serves) return spec.serves.includes(subject);
  return isPerSubject(initial) ? Object.hasOwn(initial, subject) : true;
}

function isPerSubject<Value>(value: Each<Value>): value is { readonly [subject: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function of<Value>(value: Each<Value>, subject: string): Value {
  return isPerSubject(value) ? value[subject] : value;
}

/** The default of a row for a subject that it serves. */
export function defaultOf({ default: initial }: AnyRow, subject: string): unknown {
  return of(initial, subject);
}

/** The words that a choice takes for a subject. */
export function choicesOf({ spec }: AnyRow, subject: string): readonly string[] {
  return of(spec.choices ?? [], subject) ?? [];
}

/** The subjects of some that a row serves. */
export function servedOf<Subject extends string>(row: AnyRow, subjects: readonly Subject[]): Subject[] {
  return subjects.filter((subject) => isServed(row, subject));
}

/** What may differ between subjects, in words: `12`, or `observed and latent 0.99, planner 1` where it does. */
export function inWords(subjects: readonly string[], wordsOf: (subject: string) => string): string {
  const words = [...new Set(subjects.map(wordsOf))];
  if (words.length === 1) return words[0];
  return words
    .map((word) => `${subjects.filter((subject) => wordsOf(subject) === word).join(" and ")} ${word}`)
    .join(", ");
}

/** What a row takes, in words: `a whole number in [1, 64]`. */
export function rangeOf(row: AnyRow, subject: string): string {
  const { kind, spec } = row;
  if (kind === "flag") return "true or false";
  if (kind === "choice") return `one of ${choicesOf(row, subject).join(", ")}`;
  const { from = -Infinity, to = Infinity, multipleOf = 1, words, most } = spec;
  const bounds = range(of(from, subject), of(to, subject));
  if (kind === "wholes") return `up to ${most} whole numbers ${bounds}`;
  if (kind === "reals") return `up to ${most} numbers ${bounds}`;
  const divisor = of(multipleOf, subject);
  const noun = divisor > 1 ? `multiple of ${divisor}` : kind === "whole" ? "whole number" : "number";
  return [`a ${noun} ${bounds}`, ...(words ?? [])].join(" or ");
}

/**
 * The value itself; of a list, a copy.
 *
 * @throws TypeError when it is of another kind than the row's; RangeError when it lies outside the row's range
 */
export function checked(name: string, row: AnyRow, value: unknown, subject: string): unknown {
  const { kind, spec } = row;
  const isList = kind === "wholes" || kind === "reals";
  const isRight = isList
    ? Array.isArray(value) && value.every((item) => typeof item === "number")
    : typeof value === (kind === "flag" ? "boolean" : kind === "choice" ? "string" : "number") ||
      (typeof value === "string" && spec.words !== undefined);
  if (isRight && isInRange(row, value, subject)) return isList ? [...(value as readonly number[])] : value;
  const Fault = isRight || kind === "choice" ? RangeError : TypeError;
  const got = Array.isArray(value) ? `[${value.map(itemShown).join(", ")}]` : shown(value);
  throw new Fault(`${name}: expected ${rangeOf(row, subject)}, got ${got}`);
}

/** Whether a value of the row's kind lies in its range. */
function isInRange(row: AnyRow, value: unknown, subject: string): boolean {
  const { kind, spec } = row;
  if (kind === "flag") return true;
  if (kind === "choice") return typeof value === "string" && choicesOf(row, subject).includes(value);
  if (typeof value === "string") return spec.words?.includes(value) ?? false;
  const { from = -Infinity, to = Infinity, multipleOf = 1, most = 1 } = spec;
  const isWhole = kind === "whole" || kind === "wholes";
  const numbers = Array.isArray(value) ? value : [value];
  return (
    numbers.length <= most &&
    numbers.every(
      (number) =>
        number >= of(from, subject) &&
        number <= of(to, subject) &&
        (!isWhole || (Number.isInteger(number) && number % of(multipleOf, subject) === 0)),
    )
  );
}
