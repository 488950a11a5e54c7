/** A process that walks what it is told to, one piece at a time. */
import { createCore } from "../../src/core/core.ts";
import { contractOf } from "./contracts.ts";
import type { Findings } from "./findings.ts";
import { walkSample } from "./spread.ts";
import { walk } from "./walk.ts";

/** Floats of ordinals [from, to) of one function; or a sample of so many. */
export type Piece =
  | { readonly name: string; readonly from: number; readonly to: number }
  | { readonly name: string; readonly sample: number };

/** What a process answers with. */
export interface Answer {
  readonly name: string;
  readonly findings: Findings;
}

const core = await createCore();

process.on("message", (piece: Piece) => {
  const contract = contractOf(piece.name);
  const findings =
    "sample" in piece
      ? walkSample(core, contract, piece.sample)
      : walk(core, contract, [piece.from, piece.to]);
  process.send?.({ name: piece.name, findings } satisfies Answer);
});
