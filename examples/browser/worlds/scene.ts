import type { Inks } from "../page/sheet.ts";
import type { Frame } from "../protocol.ts";

/** What a drawing shows. */
export interface Scene {
  readonly inks: Inks;
  readonly frame: Frame;
  /** On the way from the state before to the state after. */
  readonly state: readonly number[];
  /** How much of that way is behind it, from 0 to 1. */
  readonly progress: number;
}
