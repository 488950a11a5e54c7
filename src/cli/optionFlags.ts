/** The options of an agent as flags of the command line: one for each row of the tables. */
import type { Command } from "cac";
import { type Model, OPTIONS, type Options } from "../agent/options.ts";
import { optionDocs } from "../core/generated/optionDocs.ts";
import { type AnyRow, checked, choicesOf, defaultOf, inWords, isServed, servedOf } from "../core/options.ts";
import { flag, type Given } from "./arguments.ts";

const MODELS = ["observed", "latent"] as const satisfies readonly Model[];

/** Those that are flags. The seed is the run's own. */
const ROWS: readonly (readonly [name: string, row: AnyRow])[] = Object.entries<AnyRow>(OPTIONS).filter(
  ([name, row]) => name !== "seed" && servedOf(row, MODELS).length > 0,
);

/** Adds the flags to a command. */
export function addOptionFlags(command: Command): void {
  for (const [name, row] of ROWS)
    command.option(`${flag(name)} <${placeholderOf(row)}>`, `${summaryOf(name)} (${defaultWords(row)})`);
}

function placeholderOf(row: AnyRow): string {
  const { kind, spec } = row;
  if (kind === "flag") return "true|false";
  if (kind === "choice")
    return MODELS.flatMap((model) => choicesOf(row, model))
      .filter(isFirst)
      .join("|");
  if (kind === "wholes" || kind === "reals") return "n,n,…";
  return [kind === "whole" ? "n" : "x", ...(spec.words ?? [])].join("|");
}

function isFirst(word: string, place: number, words: readonly string[]): boolean {
  return words.indexOf(word) === place;
}

/** The first sentence of its documentation, or of a long one the first clause. */
function summaryOf(name: string): string {
  const [sentence] = (optionDocs[name] ?? "").replaceAll("`", "").split(/\.(?: |$)/);
  return sentence.length > LONG ? sentence.replace(/^(.{20,}?)(?:[:;]| \().*$/, "$1") : sentence;
}

/** Letters of a sentence that fits in the help. */
const LONG = 100;

function defaultWords(row: AnyRow): string {
  const served = servedOf(row, MODELS);
  const words = inWords(served, (model) => String(defaultOf(row, model)));
  return `default: ${words}${served.length < MODELS.length ? `, ${served} agents only` : ""}`;
}

/**
 * The options that were given on the command line, checked.
 *
 * @param model of the agent that the task asks for where no --model is given
 * @throws TypeError or RangeError that names the flag
 */
export function optionsFrom(given: Given, model: Model = "observed"): Options {
  const subject = String(checked(flag("model"), OPTIONS.model, given.model ?? model, model));
  const options: Record<string, unknown> = {};
  for (const [name, row] of ROWS) {
    const text = given[name];
    if (text === undefined) continue;
    const value = parsed(row, text);
    // one that serves the other kind of agent is refused by the agent, by name
    options[name] = isServed(row, subject) ? checked(flag(name), row, value, subject) : value;
  }
  return options;
}

/** What cac parsed, as the row's kind has it; what is none is left to the check. */
function parsed({ kind }: AnyRow, text: unknown): unknown {
  if (kind === "flag") return text === "true" ? true : text === "false" ? false : text;
  if (kind !== "wholes" && kind !== "reals") return text;
  return String(text)
    .split(",")
    .map((item) => (item.trim() === "" ? item : Number(item)));
}
