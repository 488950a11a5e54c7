import { type Core, createCore, inBytes, instantiateCore } from "../core/core.ts";
import type { Table } from "../core/options.ts";
import { OPTIONS, type Settings } from "./options.ts";

/**
 * A core with the room that settings ask for. The sum is known before anything is reserved.
 *
 * @param bytesOf what settings ask for
 * @param module  the kernels, where they are not those of other cores
 * @throws RangeError that says how much is needed, how much may be had, and which option takes the largest share
 */
export async function createRoom<Own extends Settings>(
  settings: Own,
  bytesOf: (settings: Own) => number,
  module?: WebAssembly.Module,
): Promise<Core> {
  const bytes = bytesOf(settings);
  try {
    return await (module ? instantiateCore(module, bytes) : createCore({ bytes }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { name, share } = largestShare(settings, bytesOf, bytes);
    const value = JSON.stringify(settings[name as keyof Own]);
    const help = `\`${name}: ${value}\` takes ${inBytes(share)} of them; make it smaller, or show fewer numbers`;
    throw new RangeError(`${error.message}: ${help}`, { cause: error });
  }
}

/** The option without which, at its least, most would be saved. */
function largestShare<Own extends Settings>(
  settings: Own,
  bytesOf: (settings: Own) => number,
  bytes: number,
) {
  let largest = { name: "memory", share: 0 };
  for (const [name, { kind, spec }] of Object.entries(OPTIONS as Table)) {
    if (!(name in settings) || (kind !== "whole" && kind !== "wholes")) continue;
    const least = typeof spec.from === "number" ? spec.from : spec.from?.[settings.model];
    const share = bytes - bytesOf({ ...settings, [name]: kind === "whole" ? least : [] });
    if (share > largest.share) largest = { name, share };
  }
  return largest;
}
