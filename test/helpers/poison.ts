/** Between two calls nothing may depend on what is under `work`, and what is under `zeros` is zero. */
import { arraysOf } from "../../src/core/tree.ts";

/** A NaN's bits: in arrays of whole numbers as harmful. */
const POISON = 0x7fc00000;

/** Overwrites everything under `work`. @throws Error that names an array under `zeros` that is not zero */
export function poison(tree: object): void {
  for (const { path, kind, array } of arraysOf(tree)) {
    const words = new Uint32Array(array.buffer, array.byteOffset, array.length);
    if (kind === "work") words.fill(POISON);
    if (kind !== "zeros") continue;
    const place = words.findIndex((word) => word !== 0);
    if (place >= 0) throw new Error(`${path}: expected zeros, got ${array[place]} at ${place}`);
  }
}
