/** What the page and the worker that measures tell each other. */
import type { Group } from "../../bench/pairs.ts";
import type { Measurement } from "../../src/bench/measure.ts";

/** The only message to a worker: each run has one of its own, so that stopping is ending it. */
export interface Order {
  /** The relaxed build's bytes; none for the plain build. */
  readonly relaxed: ArrayBuffer | undefined;
  /** What is to be measured, by name; nothing only lists what could be. */
  readonly names: readonly string[];
}

export interface Listed {
  readonly name: string;
  readonly group: Group;
}

export type Report =
  | { readonly kind: "listed"; readonly works: readonly Listed[] }
  | { readonly kind: "began"; readonly name: string }
  | { readonly kind: "measured"; readonly measurement: Measurement }
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly message: string };
