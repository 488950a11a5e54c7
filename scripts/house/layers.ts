/** Which file may import which: section "Arrows point down" of the style guide, as functions of two paths. */
import type { Import } from "./sources.ts";

/** From the lowest layer up; a layer imports itself and those before it. */
export const SOURCE = [
  ...["core", "models", "inference", "learning", "agent", "loop", "adapters", "bench", "runs", "cli"],
];
/** Packages that adapters may load: the optional peers. */
const PEERS = ["@mujoco/mujoco", "hyparquet", "jsfive"];
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
/** Folders of `src/agent`: what differs between agents. */
const MINDS = ["observed", "latent", "known"];
/** Files of `src/agent` that know all minds. */
const MAKERS = ["agent", "memory", "habit"];
/** Files of `src/agent` that call minds, and that no mind calls. */
const SHELL = ["agent", "act", "actAll", "learn", "explain", "save"];
/** Of the package. */
const ENTRIES = [
  ...[
    "index",
    "environments",
    "gymnasium",
    "logs",
    "mujoco",
    "pomdp",
    "problems",
    "sweep",
    "threads",
    "types",
    "worker",
  ],
].map((name) => `src/${name}.ts`);
/** The entry for Node alone: it may ask runs. */
const NODE_ENTRY = "src/sweep.ts";
const INTERFACE = "src/environments/environment.ts";
/** What other layers may ask of the environments: the interface, and what is wrong with what comes through it. */
const CHECKED = [
  INTERFACE,
  ...["action", "checkAnswers", "checkSpaces", "checkValue", "flatten", "mask"].map(
    (name) => `src/environments/${name}.ts`,
  ),
];
const WRAPPERS = "src/environments/wrappers/";
const REGISTRY = "src/environments/registry.ts";

/** The import as a sentence, when it points up; undefined when it is allowed. */
export function violationOf({ from, to, isPackage }: Import): string | undefined {
  const isAllowed = isPackage ? mayUsePackage(from, to) : mayImport(from, to);
  return isAllowed ? undefined : `${from} imports ${to}`;
}

function mayImport(from: string, to: string): boolean {
  const [tree] = from.split("/");
  if (!to.startsWith(`${tree}/`)) return false;
  return tree === "assembly" ? mayImportKernel(layerOf(from), layerOf(to)) : mayImportSource(from, to);
}

function mayImportKernel(from: string, to: string): boolean {
  if (from === "index") return true;
  return ASSEMBLY.includes(from) && ASSEMBLY.includes(to) && ASSEMBLY.indexOf(to) <= ASSEMBLY.indexOf(from);
}

function mayImportSource(path: string, to: string): boolean {
  const [from, target] = [layerOf(path), layerOf(to)];
  if (ENTRIES.includes(to)) return false;
  if (path === NODE_ENTRY) return target === "runs";
  if (ENTRIES.includes(path)) return !["bench", "runs", "cli"].includes(target);
  if (from === "environments") return ["core", "environments"].includes(target);
  if (target === "environments") return mayImportEnvironments(from, to);
  if (from === "agent" && target === "agent" && !mayImportMind(path, to)) return false;
  return SOURCE.includes(from) && SOURCE.includes(target) && SOURCE.indexOf(target) <= SOURCE.indexOf(from);
}

/** The shell knows minds by their interface alone; a mind knows neither another nor the shell. */
function mayImportMind(path: string, to: string): boolean {
  const [from, target] = [partOf(path), partOf(to)];
  if (MINDS.includes(from)) return target === from || !(MINDS.includes(target) || SHELL.includes(target));
  return !MINDS.includes(target) || MAKERS.includes(from);
}

/** `src/agent/latent/mind.ts` → `latent`; `src/agent/act.ts` → `act`. */
function partOf(path: string): string {
  return path.split("/")[2].replace(/\.ts$/, "");
}

function mayImportEnvironments(from: string, to: string): boolean {
  if (from === "loop") return CHECKED.includes(to) || to.startsWith(WRAPPERS);
  if (["models", "agent", "adapters"].includes(from)) return CHECKED.includes(to);
  return ["runs", "cli"].includes(from) && [INTERFACE, REGISTRY].includes(to);
}

/** The library is self-contained and runs in a browser; files and terminals are the affair of runs and cli. */
function mayUsePackage(from: string, to: string): boolean {
  if (layerOf(from) === "adapters") return PEERS.includes(to);
  return ["bench", "runs", "cli"].includes(layerOf(from)) && from.startsWith("src/");
}

/** `src/core/math.ts` → `core`; `assembly/memory.ts` → `memory`. */
function layerOf(path: string): string {
  return path.split("/")[1].replace(/\.ts$/, "");
}
