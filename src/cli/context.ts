import type { createAgent, loadAgent } from "../agent/agent.ts";
import type { planMemory } from "../agent/memory.ts";
import type { Environment } from "../environments/environment.ts";
import type { EnvironmentEntry } from "../environments/registry.ts";
import type { evaluate } from "../loop/evaluate.ts";
import type { EpisodeReport } from "../loop/report.ts";
import type { train } from "../loop/train.ts";

/** What the commands compose. */
export interface Library {
  readonly environments: readonly EnvironmentEntry[];
  readonly createEnvironment: (task: string) => Promise<Environment>;
  readonly createAgent: typeof createAgent;
  readonly loadAgent: typeof loadAgent;
  readonly planMemory: typeof planMemory;
  readonly train: (...given: Parameters<typeof train>) => AsyncIterable<EpisodeReport>;
  readonly evaluate: typeof evaluate;
}

/** Where text goes; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command works with. */
export interface Context {
  readonly library: Library;
  /** Results. */
  readonly stdout: Output;
  /** Progress and errors. */
  readonly stderr: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** How the program was called, for the commands it suggests. */
  readonly program: string;
}

/** Exit codes: success, a failure with a sentence on stderr, and Ctrl-C. */
export const exitCodes = { done: 0, failed: 1, interrupted: 130 } as const;
