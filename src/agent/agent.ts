import { expectKnownNames, expectNoPromise, expectNumber, expectObject } from "../core/expect.ts";
import { fastKernels } from "../core/fastKernels.ts";
import { FileError, reading } from "../core/file.ts";
import { expectSpaces, plainSpaces } from "../environments/checkSpaces.ts";
import type { Space } from "../environments/environment.ts";
import { owedUnits } from "../learning/schedule.ts";
import { act } from "./act.ts";
import { actAll } from "./actAll.ts";
import { type Archive, readArchive } from "./archive.ts";
import { evidenceOf } from "./evidence.ts";
import { explain } from "./explain.ts";
import { expectReleased, registerHolds } from "./hold.ts";
import type { Agent, Spaces } from "./interface.ts";
import { laneAt, resetLane } from "./lane.ts";
import { latentAgent } from "./latent/mind.ts";
import { createLatentState, latentPlans, measureLatent } from "./latent/state.ts";
import { learn, remember, update } from "./learn.ts";
import type { AgentState } from "./mind.ts";
import { observedAgent } from "./observed/mind.ts";
import { createObservedState, measureObserved, observedPlans } from "./observed/state.ts";
import {
  adjust,
  CHANGEABLE,
  type Changes,
  expectHost,
  type HostOptions,
  type LoadOptions,
  type Options,
  resolveOptions,
  type Settings,
} from "./options.ts";
import { expectFit, FORMAT, MEMORY_BUDGET, restore, type State, serialise } from "./save.ts";
import { forgetRunning } from "./watch/episodes.ts";

/**
 * An untrained agent for an environment's spaces. Its memory is reserved here and never grows; it depends on the spaces
 * and the options (`memory`, `lessons` and the sizes of the networks above all).
 *
 * @param spaces   an environment, or any object with its two spaces; the bounds of a continuous action are finite. Of several copies of one
 *        (`vectorEnvironment`) the agent has a lane each
 * @param options  every one has a default ({@link Options}); with `threads` ({@link HostOptions}) the agent holds
 *        workers until it is closed
 * @returns the agent, at the start of an episode
 * @throws TypeError or RangeError that names the option or space, what was expected and what came; Error when the engine
 *         has no WebAssembly SIMD or the host forbids compiling
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { seed: 1 });
 * const torque = agent.act(environment.reset({ seed: 1 }).observation); // Float32Array [1], in newton metres
 * agent.options.members; // 3
 */
export async function createAgent<A extends Space = Space>(
  spaces: Spaces<A>,
  options: Options & HostOptions = {},
): Promise<Agent<A>> {
  expectObject("options", options);
  const { threads, fast, ...rest } = options;
  let chosen: Options = rest;
  expectNoPromise("spaces", spaces, "an environment, or its two spaces", "`await` is missing");
  expectSpaces(spaces);
  const own = plainSpaces(spaces);
  const { copies } = spaces as { readonly copies?: readonly unknown[] };
  if (copies !== undefined && chosen.model !== "latent") chosen = { lanes: copies.length, ...chosen };
  const host = { threads, fast };
  expectHost(host);
  return agentOf(await createState(own, resolveOptions(chosen, own), host)) as Agent<A>;
}

/**
 * The agent that `save` wrote, as it was then: `reset` begins an episode. TypeScript takes the actions' type from where the agent goes, or
 * from `loadAgent<Discrete>(…)`; it is not compared with the file.
 *
 * @param bytes the complete file
 * @param options `threads` and `fast`, as in {@link createAgent}; `memoryBudget` ({@link LoadOptions}); and options that may change, because nothing
 *        that is saved depends on their number: those of {@link Changes}, such as `temperature`, `candidates`, `updates` and `learningRate`
 * @throws FileError when the bytes are no agent of this version, cut short, damaged (one bit is enough), or say what
 *         cannot be; TypeError when they are no bytes at all
 *
 * @example
 * import { readFile, writeFile } from "node:fs/promises";
 * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
 * await writeFile("agent.safetensors", agent.save());
 * const again = await loadAgent(await readFile("agent.safetensors"));
 * again.steps; // 0
 */
export async function loadAgent<A extends Space = Space>(
  bytes: Uint8Array | ArrayBuffer,
  options: Changes & LoadOptions = {},
): Promise<Agent<A>> {
  expectObject("options", options);
  return (await agentFrom(readArchive("agent", bytes, FORMAT), options)) as Agent<A>;
}

/** The agent of a file that is read. @throws FileError when it is none */
export async function agentFrom(
  archive: Archive,
  { threads, fast, memoryBudget = MEMORY_BUDGET, ...changes }: Changes & LoadOptions,
): Promise<Agent> {
  const host = { threads, fast };
  expectHost(host);
  expectNumber("memoryBudget", memoryBudget, 0);
  expectKnownNames("options", changes, [...CHANGEABLE, "threads", "fast", "memoryBudget"]);
  const spaces = archive.spaces();
  const saved = reading(() => resolveOptions(archive.settings<Options>(), spaces));
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const settings = resolveOptions({ ...saved, ...Object.fromEntries(given) }, spaces);
  const plan = reading(() => measured(spaces, settings));
  expectFit(plan, archive, memoryBudget);
  const state = await createState(spaces, settings, host, archive).catch((error) => {
    // the host has less room than the budget
    throw error instanceof RangeError ? new FileError(error.message, { cause: error }) : error;
  });
  expectNothingOwed(state, saved);
  return agentOf(state);
}

function measured(spaces: Spaces, settings: Settings) {
  return settings.model === "latent" ? measureLatent(spaces, settings) : measureObserved(spaces, settings);
}

/** @throws Error when learning is owed in other units than the settings': what a step owes follows from them */
function expectNothingOwed({ settings, schedule }: AgentState, saved: Options): void {
  const owed = owedUnits(schedule);
  for (const name of ["updates", "imagination"] as const)
    if (owed > 0 && saved[name] !== settings[name])
      throw new Error(
        `${name}: expected an agent that owes no learning, got ${owed} units owed; \`update\` before it is saved`,
      );
}

/** An agent's state: untrained, or what an archive holds. */
async function createState(
  spaces: Spaces,
  settings: Settings,
  host: HostOptions,
  archive?: Archive,
): Promise<AgentState> {
  const module = host.fast ? await fastKernels() : undefined;
  if (settings.model === "latent") {
    const state = await createLatentState(spaces, settings, module);
    if (archive) restore(state, archive);
    return latentAgent(await withThreads(state, latentPlans(state), host));
  }
  const state = await createObservedState(spaces, settings, module);
  if (archive) restore(state, archive);
  return observedAgent(await withThreads(state, observedPlans(state), host));
}

/** The state with threads that share its plans. @param plans the part of its tree that plans read or write */
async function withThreads<Own extends State>(state: Own, plans: object, host: HostOptions): Promise<Own> {
  const { core } = state;
  return { ...state, core: { ...core, threads: await host.threads?.(core, plans) } };
}

/** The agent over a mind. */
export function agentOf(agent: AgentState): Agent {
  const { settings, spaces, lanes, mind } = agent;
  const held = new Set<number>();
  const made: Agent = {
    options: settings,
    spaces,
    state: mind.state,
    get steps() {
      return agent.counts.steps;
    },
    reset(lane = 0) {
      expectReleased(held, "reset", lane);
      resetLane(laneAt(lanes, lane));
      forgetRunning(agent.watch.episodes, lane < 0 ? lane + lanes.length : lane);
    },
    act(observation, options) {
      expectReleased(held, "act", options?.lane);
      return act(agent, observation, options);
    },
    actAll(observations, options) {
      for (const lane of held) expectReleased(held, "actAll", lane);
      return actAll(agent, observations, options);
    },
    remember(transition, lane) {
      expectReleased(held, "remember", lane);
      return remember(agent, transition, lane);
    },
    update: (options) => update(agent, options),
    learn(transition, lane) {
      expectReleased(held, "learn", lane);
      return learn(agent, transition, lane);
    },
    explain: (options) => explain(agent, options),
    configure(adjustments) {
      adjust(settings, adjustments, spaces);
      mind.configure();
    },
    save: () => serialise(mind.state),
    close: () => agent.core.threads?.close(),
  };
  return registerHolds(made, {
    ...{ lanes: held, counts: agent.counts },
    breakOff(lane) {
      mind.breakOff(laneAt(lanes, lane));
      forgetRunning(agent.watch.episodes, lane);
    },
    evidence: () => evidenceOf(agent),
    saveWith: (run) => serialise(mind.state, run),
  });
}
