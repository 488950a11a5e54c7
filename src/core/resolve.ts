/** Options as they are given, turned into settings: every default filled in, every value checked. */
import { expectKnownNames, shown } from "./expect.ts";
import { type AnyRow, checked, defaultOf, isServed, type Resolved, type Table } from "./options.ts";

/**
 * What an option needs to have any effect. Where it has none, a value other than its default is refused: nobody asks
 * for what is then ignored.
 */
export interface Rule<Settings> {
  readonly option: string;
  /** The value that needs nothing. Left out: the default. */
  readonly off?: unknown;
  /** Left out: every subject that the option serves. */
  readonly serves?: readonly string[];
  /** What it needs, in words that follow "unless": the remedy. */
  readonly unless: string;
  /** Whether the option has an effect beside these settings and facts. */
  readonly isRead: (settings: Settings) => boolean;
}

/** What {@link resolve} needs beside the table and what was given. */
export interface Resolving<Subject extends string> {
  readonly serves: Subject;
  readonly rules?: readonly Rule<never>[];
  /** What rules may ask for beside the settings, such as the kind of the action space. */
  readonly facts?: object;
}

/**
 * The settings of a subject: each option of the table that serves it, as it was given, or else its default. An option
 * that holds undefined is as good as left out; lists are copied; names stand in the order of the alphabet, so that what
 * is saved does not depend on the order of rows.
 *
 *   resolve(table, resolve(table, given)) = resolve(table, given)
 *
 * @throws TypeError when a name is unknown, or its row does not serve the subject, or a value is of another kind
 * @throws RangeError when a value lies outside its row's range, or has no effect beside the others
 */
export function resolve<Options extends Table, Subject extends string>(
  table: Options,
  given: object,
  { serves, rules = [], facts = {} }: Resolving<Subject>,
): Resolved<Options, Subject> {
  expectKnownNames("options", given, Object.keys(table));
  const values = new Map<string, unknown>(Object.entries(given));
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(table).sort()) {
    const row = table[name];
    const value = values.get(name);
    if (isServed(row, serves))
      settings[name] = checked(name, row, value === undefined ? defaultOf(row, serves) : value, serves);
    else if (value !== undefined) throw new TypeError(`options: expected ${refusal(name, row, serves)}`);
  }
  for (const rule of rules) expectEffect(rule, table[rule.option], { settings, facts, serves });
  return settings as Resolved<Options, Subject>;
}

function refusal(name: string, { default: initial, spec }: AnyRow, subject: string): string {
  const served = (spec.serves ?? Object.keys(Object(initial))).map((each) => `"${each}"`);
  return `those that serve "${subject}", got ${name}, which serves ${served.join(" and ")}`;
}

function expectEffect(
  { option, off, serves, unless, isRead }: Rule<never>,
  row: AnyRow,
  subject: { readonly settings: Record<string, unknown>; readonly facts: object; readonly serves: string },
): void {
  if (!Object.hasOwn(subject.settings, option) || serves?.includes(subject.serves) === false) return;
  const value = subject.settings[option];
  const idle = off === undefined ? defaultOf(row, subject.serves) : off;
  if (value === idle || isRead({ ...subject.settings, ...subject.facts } as never)) return;
  throw new RangeError(`${option}: expected ${shown(idle)} unless ${unless}, got ${shown(value)}`);
}
