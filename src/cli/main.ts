import { createAgent, loadAgent } from "../agent/agent.ts";
import { planMemory } from "../agent/memory.ts";
import { createEnvironment, environments } from "../environments/registry.ts";
import { evaluate } from "../loop/evaluate.ts";
import { train } from "../loop/train.ts";
import { runProcess } from "./process.ts";

await runProcess({
  environments,
  createEnvironment,
  createAgent,
  loadAgent,
  planMemory,
  train,
  evaluate,
});
