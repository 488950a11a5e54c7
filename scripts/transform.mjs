// A transform of `asc`: writes what `records.mjs` reads, and exports its hash as the global `layout`.
import { writeFileSync } from "node:fs";
import { describe, hashOf } from "./records.mjs";

/** What every build writes, the same whatever its target. */
export const DESCRIPTION = "build/kernels.json";
/** `i32` of Binaryen. */
const I32 = 2;

let description;

export function afterInitialize(program) {
  description = describe(program);
  writeFileSync(DESCRIPTION, `${JSON.stringify(description, null, 1)}\n`);
}

export function afterCompile(module) {
  module.addGlobal("layout", I32, false, module.i32.const(hashOf(description)));
  module.addGlobalExport("layout", "layout");
}
