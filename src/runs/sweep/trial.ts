/** Doing a trial: training, evaluating, and the hash of what came of it. */
import { createHash } from "node:crypto";
import { createAgent } from "../../agent/agent.ts";
import type { Environment } from "../../environments/environment.ts";
import { createEnvironment } from "../../environments/registry.ts";
import { evaluate } from "../../loop/evaluate.ts";
import { train } from "../../loop/train.ts";
import { type ModuleWorld, type Trial, trialId } from "./plan.ts";

/** What came of a trial: a line of a table. */
export interface TrialResult extends Trial {
  /** `trialId` of the trial by this version. */
  readonly id: string;
  /** Of the package. */
  readonly version: string;
  /** Of each evaluated episode: the sum of its rewards, of the planner and of the habit. */
  readonly planner: readonly number[];
  readonly habit: readonly number[];
  /** SHA-256, hexadecimal, of the saved agent and the returns: the same on every machine and engine. */
  readonly bits: string;
  /** Wall-clock time. */
  readonly seconds: number;
}

/** This machine has no such world; another one may. */
export class MissingWorldError extends Error {
  override readonly name = "MissingWorldError";
}

/** Does a trial from nothing. @param makeWorld called twice: to learn in, and to be evaluated in */
export async function runTrial(
  trial: Trial,
  { version, makeWorld }: { readonly version: string; readonly makeWorld: () => Promise<Environment> },
): Promise<TrialResult> {
  const began = performance.now();
  const { options, seed, steps, episodes } = trial;
  const [world, other] = [await makeWorld(), await makeWorld()];
  const agent = await createAgent(world, { ...options, seed });
  try {
    for await (const _ of train(agent, world, { steps, seed }));
    const returnsOf = async (policy: "plan" | "habit") =>
      episodes === 0 ? [] : (await evaluate(agent, other, { episodes, policy })).returns;
    const [planner, habit] = [await returnsOf("plan"), await returnsOf("habit")];
    const bits = createHash("sha256")
      .update(agent.save())
      .update(JSON.stringify([planner, habit]))
      .digest("hex");
    const seconds = (performance.now() - began) / 1000;
    return { id: trialId(trial, version), version, ...trial, planner, habit, bits, seconds };
  } finally {
    agent.close();
  }
}

/** What makes the world of a trial. @param base URL that a module's path is relative to @throws MissingWorldError */
export async function worldMaker(
  world: string | ModuleWorld,
  base: string,
): Promise<() => Promise<Environment>> {
  if (typeof world === "string") return async () => createEnvironment(world);
  const { module, export: name = "default" } = world;
  const isPath = /^(\.{0,2}\/|[a-z]+:)/i.test(module);
  let found: Readonly<Record<string, unknown>>;
  try {
    found = await import(isPath ? new URL(module, base).href : module);
  } catch (cause) {
    throw new MissingWorldError(`${module}: expected a module of a world, got ${messageOf(cause)}`, {
      cause,
    });
  }
  const make = found[name];
  if (typeof make !== "function")
    throw new MissingWorldError(
      `${module}: ${name}: expected a function that returns a world, got ${typeof make}`,
    );
  return async () => make();
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
