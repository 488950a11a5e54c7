import type { AgentOptions } from "./options.ts";

/** Settings that suit a built-in environment, by its task name; defaults for any other. */
export function recommendedOptions(task: string): AgentOptions {
  return PRESETS[task] ?? {};
}

const PRESETS: Readonly<Record<string, AgentOptions>> = {};
