/** What a run of fuzzing has counted; kept in a file, a run that was stopped goes on. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Kind, MOST_TIME, type Outcome } from "./attempt.ts";

/** What was counted of one kind of input. */
export interface Row {
  readonly name: string;
  inputs: number;
  taken: number;
  refused: number;
  faults: number;
  slow: number;
  /** Milliseconds of processor time that the slowest took. */
  longest: number;
  /** Most that was reserved for an input that was refused, in sizes of the input. */
  most: number;
}

/** A run's counts: the next input of a row is number `first + inputs`. */
export interface Tally {
  readonly seed: number;
  readonly rows: readonly Row[];
  /** Each sort of fault once: the kind of input, its number, what happened. */
  readonly notes: string[];
  /** Seconds of processor time. */
  seconds: number;
}

/** Numbers that a seed has for the inputs of a kind. */
const RANGE = 20_000_000;

/**
 * What a file holds of an earlier run, or nothing yet.
 *
 * @throws Error when the file is of another seed, or of other kinds of input
 */
export function readTally(kinds: readonly Kind[], seed: number, path?: string): Tally {
  const counts = { inputs: 0, taken: 0, refused: 0, faults: 0, slow: 0, longest: 0, most: 0 };
  const rows = kinds.map(({ name }) => ({ name, ...counts }));
  if (path === undefined || !existsSync(path)) return { seed, rows, notes: [], seconds: 0 };
  const kept: Tally = JSON.parse(readFileSync(path, "utf8"));
  if (kept.seed !== seed) throw new Error(`seed: expected ${kept.seed} of ${path}, got ${seed}`);
  const names = kept.rows.map(({ name }) => name).join(", ");
  const wanted = rows.map(({ name }) => name).join(", ");
  if (names !== wanted) throw new Error(`kinds: expected ${names} of ${path}, got ${wanted}`);
  return kept;
}

/** Keeps the counts: the file is always a complete one. */
export function writeTally(tally: Tally, path: string): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(tally)}\n`);
  renameSync(`${path}.new`, path);
}

/** Number of a row's next input. */
export function nextNumber({ seed }: Pick<Tally, "seed">, { inputs }: Pick<Row, "inputs">): number {
  return RANGE * seed + inputs;
}

/** Counts an outcome. @returns what is wrong with it, where that was not noted before */
export function count({ notes }: Tally, row: Row, number: number, outcome: Outcome): string | undefined {
  const { what, message, time, reserved, size } = outcome;
  row.inputs++;
  row.longest = Math.max(row.longest, time);
  if (what === "refused") row.most = Math.max(row.most, reserved / Math.max(1, size));
  if (time > MOST_TIME) row.slow++;
  if (what === "taken") row.taken++;
  else if (what === "refused") row.refused++;
  else row.faults++;
  const fault = what === "fault" ? message : time > MOST_TIME ? `${Math.round(time)} ms` : undefined;
  if (fault === undefined) return undefined;
  const sort = (text: string) => text.replaceAll(/\d+/g, "#").slice(0, 90 + row.name.length);
  const note = `${row.name}, number ${number}: ${fault}`;
  if (notes.some((other) => sort(other) === sort(note))) return undefined;
  notes.push(note);
  return note;
}

/** Inputs that were neither taken nor refused as promised, or were slow. */
export function faultsOf({ rows }: Tally): number {
  return rows.reduce((sum, { faults, slow }) => sum + faults + slow, 0);
}

/** All inputs. */
export function inputsOf({ rows }: Tally): number {
  return rows.reduce((sum, { inputs }) => sum + inputs, 0);
}

/** The counts as a table. */
export function tableOf(tally: Tally): string {
  const head = "| input | inputs | taken | refused | untyped | slow | longest, ms | reserved / size |";
  const lines = tally.rows.map(
    ({ name, inputs, taken, refused, faults, slow, longest, most }) =>
      `| ${name} | ${inputs} | ${taken} | ${refused} | ${faults} | ${slow} | ${longest.toFixed(1)} | ${most.toFixed(1)} |`,
  );
  const sum = `${inputsOf(tally)} inputs, ${faultsOf(tally)} faults, ${Math.round(tally.seconds)} s of processor time`;
  return [head, "|---|--:|--:|--:|--:|--:|--:|--:|", ...lines, "", sum].join("\n");
}
