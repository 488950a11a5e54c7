/** A checkpoint is the file of a run, which is its agent's too, with the moment of the log that it belongs to. */
import { decodeText, encodeText, readSafetensors, writeSafetensors } from "../core/safetensors.ts";
import { readRun } from "../loop/save.ts";
import { type DiagnosticSums, noDiagnostics } from "./diagnostics.ts";

/** Where a log is at a checkpoint: plain data. */
export interface Moment {
  /** Environment steps of the run. */
  readonly steps: number;
  /** Episodes of the log that are over, and the bytes of their lines. */
  readonly episodes: number;
  readonly bytes: number;
  /** c_k of the last of them, and h_t of the running one (`chain.ts`). */
  readonly chain: string;
  readonly trail: string;
  /** Of the running episode. */
  readonly sums: DiagnosticSums;
}

/** The file of a run with its moment as one more text. */
export function stamp(bytes: Uint8Array, moment: Moment): Uint8Array {
  const { tensors, format } = readSafetensors(bytes);
  return writeSafetensors({ ...tensors, log: encodeText(JSON.stringify(moment)) }, format);
}

/** What {@link stamp} wrote. @throws Error when the file holds none */
export function momentOf(bytes: Uint8Array): Moment {
  const { log } = readSafetensors(bytes).tensors;
  if (log === undefined) throw new Error("log: expected a place in the log, got an agent alone");
  const text = decodeText("log", log);
  const moment = parse(text);
  if (!isMoment(moment)) throw new Error(`log: expected a place in the log, got ${text.slice(0, 40)}`);
  return moment;
}

/** The steps that a run was asked for when it was saved. @throws Error when the file holds no run */
export function stepsAsked(bytes: Uint8Array): number {
  return readRun(bytes).run.settings.steps;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMoment(value: unknown): value is Moment {
  if (!isObject(value)) return false;
  const { steps, episodes, bytes, chain, trail, sums } = value;
  if (![steps, episodes, bytes].every((count) => Number.isSafeInteger(count) && Number(count) >= 0))
    return false;
  if (![chain, trail].every((hash) => typeof hash === "string") || !isObject(sums)) return false;
  return Object.keys(noDiagnostics()).every((name) => sums[name] === null || typeof sums[name] === "number");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
