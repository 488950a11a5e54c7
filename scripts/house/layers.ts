/** Which file may import which: section "Arrows point down" of the style guide, as functions of two paths. */
import type { Import } from "./sources.ts";

/** From the lowest layer up; a layer imports itself and those before it. */
export const SOURCE = ["core", "models", "inference", "learning", "agent", "bench", "runs", "cli"];
export const ASSEMBLY = [
  "memory",
  "math",
  "random",
  "linalg",
  "density",
  "nn",
  "smc",
  "information",
  "latent",
  "simulation",
  "planner",
];
/** Of the package. */
const ENTRIES = ["index", "threads"];
/** What other layers may ask of the environments. */
const INTERFACE = "src/environments/environment.ts";
const REGISTRY = "src/environments/registry.ts";

/** The import as a sentence, when it points up; undefined when it is allowed. */
export function violationOf({ from, to, isPackage }: Import): string | undefined {
  const isAllowed = isPackage ? mayUsePackage(from) : mayImport(from, to);
  return isAllowed ? undefined : `${from} imports ${to}`;
}

function mayImport(from: string, to: string): boolean {
  const [tree] = from.split("/");
  if (!to.startsWith(`${tree}/`)) return from === "src/cli/version.ts" && to === "package.json";
  return tree === "assembly" ? mayImportKernel(layerOf(from), layerOf(to)) : mayImportSource(from, to);
}

function mayImportKernel(from: string, to: string): boolean {
  if (from === "index") return true;
  return ASSEMBLY.includes(from) && ASSEMBLY.includes(to) && ASSEMBLY.indexOf(to) <= ASSEMBLY.indexOf(from);
}

function mayImportSource(path: string, to: string): boolean {
  const [from, target] = [layerOf(path), layerOf(to)];
  if (ENTRIES.includes(from)) return !["bench", "runs", "cli", ...ENTRIES].includes(target);
  if (from === "environments") return ["core", "environments"].includes(target);
  if (target === "environments") return mayImportEnvironments(from, to);
  return SOURCE.includes(from) && SOURCE.includes(target) && SOURCE.indexOf(target) <= SOURCE.indexOf(from);
}

function mayImportEnvironments(from: string, to: string): boolean {
  if (["models", "agent"].includes(from)) return to === INTERFACE;
  return ["runs", "cli"].includes(from) && [INTERFACE, REGISTRY].includes(to);
}

/** The library is self-contained and runs in a browser; files and terminals are the affair of runs and cli. */
function mayUsePackage(from: string): boolean {
  return ["bench", "runs", "cli"].includes(layerOf(from)) && from.startsWith("src/");
}

/** `src/core/math.ts` → `core`; `assembly/memory.ts` → `memory`. */
function layerOf(path: string): string {
  return path.split("/")[1].replace(/\.ts$/, "");
}
