import { createAgent, loadAgent } from "../agent/agent.ts";
import { recommendedOptions } from "../agent/options.ts";
import { evaluate, train } from "../agent/train.ts";
import { createEnvironment, environments } from "../environments/registry.ts";
import { runProcess } from "./process.ts";

await runProcess({
  environments,
  createEnvironment,
  createAgent,
  loadAgent,
  recommendedOptions,
  train,
  evaluate,
});
