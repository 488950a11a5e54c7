import { expectNoPromise } from "../core/expect.ts";
import { act } from "./act.ts";
import { readArchive } from "./archive.ts";
import { explain } from "./explain.ts";
import type { Agent, Spaces } from "./interface.ts";
import { laneAt, resetLane } from "./lane.ts";
import { latentAgent } from "./latent/mind.ts";
import { deserialiseLatent, LATENT_FORMAT } from "./latent/save.ts";
import { createLatentState, withLatentThreads } from "./latent/state.ts";
import { learn, remember, update } from "./learn.ts";
import type { AgentState } from "./mind.ts";
import { observedAgent } from "./observed/mind.ts";
import { deserialise } from "./observed/save.ts";
import { createObservedState, withThreads } from "./observed/state.ts";
import { adjust, expectHost, type HostOptions, type Options, resolveOptions } from "./options.ts";

/**
 * An untrained agent for an environment's spaces. Its memory is reserved here and never grows; it depends on the spaces
 * and the options (`memory`, `lessons` and the sizes of the networks above all).
 *
 * @param spaces   an environment, or any object with its two spaces; the bounds of a continuous action are finite
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
 * agent.options.members; // 5
 */
export async function createAgent(
  spaces: Spaces,
  { threads, ...options }: Options & HostOptions = {},
): Promise<Agent> {
  expectNoPromise("spaces", spaces, "an environment, or its two spaces", "`await` is missing");
  const own = { observationSpace: spaces.observationSpace, actionSpace: spaces.actionSpace };
  const host = { threads };
  expectHost(host);
  const settings = resolveOptions(options, own);
  if (settings.model === "latent")
    return agentOf(latentAgent(await withLatentThreads(await createLatentState(own, settings), host)));
  return agentOf(observedAgent(await withThreads(await createObservedState(own, settings), host)));
}

/**
 * The agent that `save` wrote, at the start of an episode.
 *
 * @param bytes the file, whole
 * @param host  `threads`, as in {@link createAgent}
 * @throws Error when the bytes are no agent of this version, cut short or damaged, or hold parameters that are not finite
 *
 * @example
 * import { readFile, writeFile } from "node:fs/promises";
 * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
 * await writeFile("agent.safetensors", agent.save());
 * const again = await loadAgent(await readFile("agent.safetensors"));
 * again.steps; // 0
 */
export async function loadAgent(bytes: Uint8Array | ArrayBuffer, host: HostOptions = {}): Promise<Agent> {
  expectHost(host);
  const archive = readArchive(bytes);
  if (archive.format === LATENT_FORMAT)
    return agentOf(latentAgent(await withLatentThreads(await deserialiseLatent(archive), host)));
  return agentOf(observedAgent(await withThreads(await deserialise(archive), host)));
}

/** The agent over a mind. */
export function agentOf(agent: AgentState): Agent {
  const { settings, spaces, lanes, mind } = agent;
  return {
    options: settings,
    spaces,
    get steps() {
      return agent.counts.steps;
    },
    reset: (lane = 0) => resetLane(laneAt(lanes, lane)),
    act: (observation, options) => act(agent, observation, options),
    remember: (transition) => remember(agent, transition),
    update: (options) => update(agent, options),
    learn: (transition) => learn(agent, transition),
    explain: (options) => explain(agent, options),
    configure(adjustments) {
      adjust(settings, adjustments, spaces);
      mind.configure();
    },
    save: () => mind.save(),
    close: () => agent.core.threads?.close(),
  };
}
