import { createAgent, loadAgent } from "../agent/agent.ts";
import { evaluate } from "../agent/evaluate.ts";
import { planMemory } from "../agent/memory.ts";
import { recommendedOptions } from "../agent/presets.ts";
import { train } from "../agent/train.ts";
import { createEnvironment, environments } from "../environments/registry.ts";
import { runProcess } from "./process.ts";

await runProcess({
  environments,
  createEnvironment,
  createAgent,
  loadAgent,
  recommendedOptions,
  planMemory,
  train,
  evaluate,
});
