import { checked, choice, type Given, type Resolved, real, whole } from "../core/options.ts";
import { type Rule, resolve } from "../core/resolve.ts";
import type { StartThreads } from "../core/threads.ts";
import type { Space } from "../environments/environment.ts";
import { FILTER, PLAN } from "../inference/options.ts";
import { PLAN_RULES } from "../inference/rules.ts";
import { LEARN, LEARN_RULES } from "../learning/options.ts";
import { expectObservationKind, observationKindOf } from "../models/observationKind.ts";
import { MODEL, MODEL_RULES } from "../models/options.ts";

/** Options of how an agent acts in its environment. */
export const LIVE = {
  /** What an observation shows: the full state ("observed"), or a part, so that the agent keeps a belief over a latent ("latent"). */
  model: choice("observed", ["observed", "latent"], { serves: ["observed", "latent"] }),
  /** Environment steps that one action lasts in `train` and `evaluate`. */
  actionRepeat: whole(1, { from: 1, to: 1000, serves: ["observed", "latent"] }),
  /**
   * Share of the first steps that seek information alone, instead of rewards; it falls with the root of the steps. While
   * nothing is known that could be sought or shunned, all steps do.
   */
  curiosity: real({ observed: 0.5, latent: 0 }, { from: 0, to: 1 }),
  /** Episodes that run side by side: as many copies of the world `train` may take at once (`vectorEnvironment`). */
  lanes: whole(1, { from: 1, to: 64, serves: ["observed"] }),
  /** "sample" the posterior when exploring, or take its centre ("greedy"). */
  exploration: choice("sample", ["sample", "greedy"], { serves: ["observed", "latent"] }),
};

/** Every option of an agent. */
export const OPTIONS = { ...LIVE, ...MODEL, ...FILTER, ...PLAN, ...LEARN };

/** The kinds of agent. */
export type Model = "observed" | "latent";

/**
 * Options of an agent; every one has a default, and docs/options.md has them in a table. A step is one action here, and one transition learned from: with
 * `actionRepeat` it lasts several steps of the environment.
 *
 * Some serve one kind of agent alone: one that serves the other is refused by name, and so is one that would be without
 * effect beside the others.
 *
 * @example
 * const agent = await createAgent(await createEnvironment("pendulum"), { members: 3, horizon: 15, seed: 1 });
 * agent.options.discount; // 0.99
 *
 * const environment = await createEnvironment("pendulum-position"); // the angle alone: the velocity is inferred
 * const blind = await createAgent(environment, { model: "latent", latentSize: 8, particles: 1, seed: 1 });
 * blind.options.horizon; // 20
 */
export interface Options
  extends Given<typeof LIVE, Model>,
    Given<typeof MODEL, Model>,
    Given<typeof FILTER, Model>,
    Given<typeof PLAN, Model>,
    Given<typeof LEARN, Model> {}

/** Settings of an agent that observes the state: its options, every default filled in. */
export interface ObservedSettings extends Resolved<typeof OPTIONS, "observed"> {
  readonly model: "observed";
}

/** Settings of an agent with a belief. */
export interface LatentSettings extends Resolved<typeof OPTIONS, "latent"> {
  readonly model: "latent";
}

/** The options of an agent, every default filled in. */
export type Settings = ObservedSettings | LatentSettings;

/** How the host runs an agent; it is not saved. With threads nothing changes of what an agent does or learns, and with fast kernels last bits. */
export interface HostOptions {
  /** Threads that share its plans: `workerThreads(2)` of `generative-agent/threads`. Default none. */
  readonly threads?: StartThreads | undefined;
  /**
   * Whether it runs on the kernels that fuse products and sums, where the engine takes them and their file lies beside the library: in
   * Node from 22 on, Deno and Bun, and in pages that import the package's modules. Elsewhere on the exact ones. Default false.
   */
  readonly fast?: boolean | undefined;
}

/** How a file is loaded. */
export interface LoadOptions extends HostOptions {
  /**
   * Bytes that the agent's memory may take: a file that asks for more is refused before anything is reserved. An agent from
   * a file takes no more than one of the same options that `createAgent` makes. Default 2³⁰ (1 GiB).
   */
  readonly memoryBudget?: number | undefined;
}

/** @throws TypeError when the threads are none, or `fast` is no flag */
export function expectHost({ threads, fast }: HostOptions): void {
  if (fast !== undefined && typeof fast !== "boolean")
    throw new TypeError(`fast: expected true or false, got ${String(fast)}`);
  if (threads !== undefined && typeof threads !== "function")
    throw new TypeError(
      `threads: expected workerThreads(…) of generative-agent/threads, got ${String(threads)}`,
    );
}

/** What options of an agent need to have an effect. */
export const RULES: readonly Rule<never>[] = [...MODEL_RULES, ...PLAN_RULES, ...LEARN_RULES];

/** The part of the spaces that options depend on. */
interface Acting {
  readonly observationSpace?: Space;
  readonly actionSpace?: Space;
}

/**
 * The settings that options ask for.
 *
 * @param acting the spaces, where they are known: some options need continuous actions, or observations of 0 and 1
 * @throws TypeError or RangeError that names the option, what was expected and what came
 */
export function resolveOptions(
  options: Options & { readonly model: "latent" },
  acting?: Acting,
): LatentSettings;
export function resolveOptions(
  options?: Options & { readonly model?: "observed" },
  acting?: Acting,
): ObservedSettings;
export function resolveOptions(options: Options, acting?: Acting): Settings;
export function resolveOptions(
  options: Options = {},
  { actionSpace, observationSpace }: Acting = {},
): Settings {
  const { model = "observed" } = options;
  const serves = checked("model", OPTIONS.model, model, "observed") as Model;
  const facts = { isDiscrete: actionSpace !== undefined && actionSpace.kind !== "box" };
  const isKnown = model === "latent" && observationSpace !== undefined;
  const own = isKnown ? { ...options, observationKind: kindOf(options, observationSpace) } : options;
  const settings = resolve(OPTIONS, own, { serves, rules: RULES, facts }) as Settings;
  if (isKnown && settings.model === "latent")
    expectObservationKind(settings.observationKind, observationSpace);
  return settings;
}

function kindOf({ observationKind }: Options, space: Space): unknown {
  return observationKind === undefined ? observationKindOf(space) : observationKind;
}

/** Options that an agent may be loaded with: no array that is saved depends on them, nor what its numbers stand for. */
export const CHANGEABLE = [
  "informationWeight",
  "informationFades",
  "temperature",
  "exploration",
  "habitShare",
  "essShare",
  "candidates",
  "iterations",
  "firstIterations",
  "updates",
  "imagination",
  "imaginedSteps",
  "batch",
  "learningRate",
  "guideRate",
  "annealing",
  "weightDecay",
  "rareShare",
] as const satisfies readonly (keyof Options)[];

/** What may be changed where an agent is loaded: what it has learned stays. */
export type Changes = Pick<Options, (typeof CHANGEABLE)[number]>;

/** What may be changed while an agent runs. */
export type Adjustments = Pick<Options, Adjustable>;

type Adjustable = {
  [Name in keyof typeof OPTIONS]: (typeof OPTIONS)[Name]["spec"] extends { readonly isAdjustable: true }
    ? Name
    : never;
}[keyof typeof OPTIONS];

/** Writes adjustments into settings that everybody reads, once they are known to be good. */
export function adjust(settings: Settings, adjustments: Adjustments, acting: Acting): void {
  const adjustable = Object.keys(OPTIONS).filter((name) => isAdjustable(name as keyof typeof OPTIONS));
  const unknown = Object.keys(adjustments).find((name) => !adjustable.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`adjustments: expected ${adjustable.join(", ")}, got ${unknown}`);
  const given = Object.fromEntries(Object.entries(adjustments).filter(([, value]) => value !== undefined));
  Object.assign(settings, resolveOptions({ ...settings, ...given }, acting));
}

function isAdjustable(name: keyof typeof OPTIONS): boolean {
  return "isAdjustable" in OPTIONS[name].spec;
}
