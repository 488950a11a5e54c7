/**
 * The hash chain of a run: what happened, so that anybody can train anew and compare. Everything that enters it is the same to the
 * bit on every engine and with any number of threads.
 *
 *   c_0 = SHA-256( version, task, seed, options, build )
 *   h_0 = c_{k−1},   h_t = SHA-256( h_{t−1}, numbers of step t )
 *   c_k = SHA-256( c_{k−1}, h_T, report of episode k )
 */
import { isRow } from "../core/expect.ts";
import { sha256 } from "../core/generated/sha256.ts";
import type { Observation } from "../environments/environment.ts";
import type { EpisodeReport, StepReport } from "../loop/report.ts";
import type { RunConfig } from "./config.ts";

/** c_0, hexadecimal. */
export function chainStart({
  version,
  task,
  seed,
  options,
  build = "exact",
}: Omit<RunConfig, "steps" | "started"> & Partial<RunConfig>): string {
  return hashOf(JSON.stringify([version, task, seed, options, build]));
}

/** h_t of a step after h_{t−1}: of its observations, action, reward and ends, and of the bound before learning from it. */
export function extendTrail(trail: string, step: StepReport): string {
  const numbers: number[] = [];
  collect(step.observation, numbers);
  collect(step.action, numbers);
  collect(step.nextObservation, numbers);
  const { reward, terminated, truncated, bound } = step;
  numbers.push(reward, Number(terminated) + 2 * Number(truncated));
  if (bound !== undefined) numbers.push(...Object.values(bound));
  return hashOf(trail, bytesOf(numbers));
}

/** c_k of an episode after c_{k−1}. Whether it was cut short is left out: a run may be cut anywhere and go on. */
export function extendChain(chain: string, trail: string, report: EpisodeReport): string {
  const { episode, steps, length, return: sum, bound, modelError } = report;
  return hashOf(chain, trail, JSON.stringify([episode, steps, length, sum, bound, modelError]));
}

function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  // the package's own, so that pages can check a run, too
  const hash = sha256.create();
  for (const part of parts) hash.update(typeof part === "string" ? new TextEncoder().encode(part) : part);
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The numbers of an observation or an action, in order; those of an object by their names in alphabetical order. */
function collect(value: Observation, into: number[]): void {
  if (typeof value === "number") into.push(value);
  else if (isRow(value))
    for (let i = 0; i < value.length; i++) collect((value as readonly Observation[])[i], into);
  else
    for (const name of Object.keys(value).sort())
      collect((value as Readonly<Record<string, Observation>>)[name], into);
}

/** Little-endian f64; NaN has one pattern here, since engines keep its other bits or not. */
function bytesOf(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [i, value] of numbers.entries())
    if (Number.isNaN(value)) view.setUint32(8 * i + 4, 0x7ff80000, true);
    else view.setFloat64(8 * i, value, true);
  return new Uint8Array(view.buffer);
}
