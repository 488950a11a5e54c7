import { createAgent, loadAgent } from "../agent/agent.ts";
import { planMemory } from "../agent/memory.ts";
import { fastKernels } from "../core/fastKernels.ts";
import { workerThreads } from "../core/threads.ts";
import { environments } from "../environments/registry.ts";
import { evaluate } from "../loop/evaluate.ts";
import { resume } from "../loop/replay.ts";
import { train } from "../loop/train.ts";
import type { Library } from "./context.ts";
import { createWorld } from "./worlds.ts";

/** The package's own. */
export const library: Library = {
  environments,
  createEnvironment: createWorld,
  createAgent,
  loadAgent,
  planMemory,
  workerThreads,
  fastKernels,
  train,
  resume,
  evaluate,
};
