import type { CAC } from "cac";
import type { MemoryPlan } from "../agent/memory.ts";
import type { Given } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { defaultModel } from "./defaults.ts";
import { count, rows } from "./format.ts";

/** Adds `memory`: what an agent's fixed memory is for. */
export function addMemory(cli: CAC, context: Context): void {
  cli
    .command("memory [environment]", "Show what the memory of an environment's agent is for; it never grows")
    .usage("memory [environment] [options]")
    .option("--json", "Print one JSON object (default: off)")
    .action((task: string | undefined, given: Given) => memoryCommand(task, given, context));
}

async function memoryCommand(task: string | undefined, given: Given, { library, stdout }: Context) {
  const name = task ?? library.environments[0].name;
  const environment = await library.createEnvironment(name);
  const plan = await library.planMemory(environment, { model: defaultModel(library, name) });
  stdout.write(given.json ? `${JSON.stringify({ task: name, ...plan })}\n` : tableOf(name, plan));
  return exitCodes.done;
}

function tableOf(task: string, { parts, bytes, pages }: MemoryPlan): string {
  const width = count(bytes).length;
  const line = (size: number) =>
    `${count(size).padStart(width)}  ${((100 * size) / bytes).toFixed(1).padStart(5)} %`;
  const lines = parts.map((part) => [part.name, line(part.bytes)] as const);
  return (
    `The agent of ${task} lives in ${count(pages)} pages of 64 KiB\n\n` +
    rows([["part", `${"bytes".padStart(width)}    share`], ...lines, ["all", line(bytes)]])
  );
}
