/** A run that is saved after every step, and whether each step, taken by another process from the file before, gives the file after. */
import { createAgent } from "../../src/agent/agent.ts";
import type { Options } from "../../src/agent/options.ts";
import { workerThreads } from "../../src/core/threads.ts";
import { createEnvironment } from "../../src/environments/registry.ts";
import { resume } from "../../src/loop/replay.ts";
import { train } from "../../src/loop/train.ts";

/** A kind of run. */
export interface Subject {
  readonly name: string;
  readonly task: string;
  readonly options: Options;
}

const small = { hidden: [16, 16], candidates: 64, horizon: 6, warmup: 60, warmupUpdates: 60 };

/** Both kinds of agent, both kinds of action; plans of two tiles, so that threads have something to share. */
export const SUBJECTS: readonly Subject[] = [
  { name: "pendulum", task: "pendulum", options: { ...small, members: 2, seed: 1 } },
  { name: "cartpole", task: "cartpole", options: { ...small, members: 2, seed: 2 } },
  {
    name: "cartpole-position, latent",
    task: "cartpole-position",
    options: { ...small, decoderHidden: [16, 16], model: "latent", seed: 3 },
  },
];

/** Writes the file of a run before its first step, and after each. */
export async function saveEach(
  { task, options }: Subject,
  steps: number,
  write: (step: number, file: Uint8Array) => void,
): Promise<void> {
  const environment = await createEnvironment(task);
  const run = train(await createAgent(environment, options), environment, { steps });
  write(0, run.save());
  while ((await run.step()) !== undefined) write(run.steps, run.save());
}

/**
 * Takes one step from each of the files from `first` on, with 1, 2 or 3 threads in turn.
 *
 * @returns the steps after which the file is another than the straight run's: by induction, all splits are equal where there are none
 */
export async function compareEach(
  { task }: Pick<Subject, "task">,
  { first, last }: { readonly first: number; readonly last: number },
  read: (step: number) => Uint8Array,
): Promise<readonly number[]> {
  const different: number[] = [];
  for (let step = first; step < last; step++) {
    const run = await resume(read(step), await createEnvironment(task), {
      threads: workerThreads(1 + (step % 3)),
    });
    await run.step();
    if (!isEqual(run.save(), read(step + 1))) different.push(step);
    run.agent.close();
  }
  return different;
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
