import type { createAgent, loadAgent } from "../agent/agent.ts";
import type { Agent } from "../agent/interface.ts";
import type { planMemory } from "../agent/memory.ts";
import type { fastKernels } from "../core/fastKernels.ts";
import type { workerThreads } from "../core/threads.ts";
import type { Environment } from "../environments/environment.ts";
import type { EnvironmentEntry } from "../environments/registry.ts";
import type { evaluate } from "../loop/evaluate.ts";
import type { ResumeOptions } from "../loop/replay.ts";
import type { Run } from "../loop/run.ts";
import type { TrainOptions } from "../loop/train.ts";

/** What the commands compose. */
export interface Library {
  readonly environments: readonly EnvironmentEntry[];
  readonly createEnvironment: (task: string) => Promise<Environment>;
  readonly createAgent: typeof createAgent;
  readonly loadAgent: typeof loadAgent;
  readonly planMemory: typeof planMemory;
  readonly workerThreads: typeof workerThreads;
  readonly fastKernels: typeof fastKernels;
  readonly train: (agent: Agent, environment: Environment, options?: TrainOptions) => Run;
  readonly resume: (bytes: Uint8Array, environment: Environment, options?: ResumeOptions) => Promise<Run>;
  readonly evaluate: typeof evaluate;
}

/** Where text goes; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** The same without escapes, for what is drawn by this program alone. */
  readonly raw?: Output;
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
