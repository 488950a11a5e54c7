import { expectNoPromise } from "../core/expect.ts";
import { actAtRandom, actByHabit, actByPlan, beginEpisode } from "./act.ts";
import { readArchive } from "./archive.ts";
import { configure, imagined } from "./inspect.ts";
import type { Agent } from "./interface.ts";
import { latentAgentOf } from "./latent/agent.ts";
import { deserialiseLatent, LATENT_FORMAT } from "./latent/save.ts";
import { createLatentState, withLatentThreads } from "./latent/state.ts";
import { rememberTransition, updateAgent } from "./learn.ts";
import { learningOf } from "./learning.ts";
import { expectHost, type HostOptions, type Options, resolveOptions } from "./options.ts";
import { deserialise, serialise } from "./save.ts";
import { type AgentState, createState, type Spaces, withThreads } from "./state.ts";
import { expectObservation } from "./transition.ts";

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
    return latentAgentOf(await withLatentThreads(await createLatentState(own, settings), host));
  return agentOf(await withThreads(await createState(own, settings), host));
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
    return latentAgentOf(await withLatentThreads(await deserialiseLatent(archive), host));
  return agentOf(await withThreads(await deserialise(archive), host));
}

/** The agent over a state. */
export function agentOf(state: AgentState): Agent {
  const { settings, spaces, counts, schedule, model } = state;
  return {
    options: settings,
    spaces,
    get steps() {
      return counts.steps;
    },
    reset: () => beginEpisode(state),
    act(observation, { policy = "plan", explore = false } = {}) {
      expectObservation("observation", observation, model.sizes.observationSize);
      if (policy === "habit") return actByHabit(state, observation, explore);
      if (policy !== "plan")
        throw new RangeError(`policy: expected "plan" or "habit", got ${String(policy)}`);
      if (explore && schedule.counts.learned < settings.warmup) return actAtRandom(state);
      return actByPlan(state, observation, explore);
    },
    ...learningOf(
      (transition) => rememberTransition(state, transition),
      (most) => updateAgent(state, most),
    ),
    belief: () => undefined,
    imagined: () => imagined(state),
    configure: (adjustments) => configure(state, adjustments),
    save: () => serialise(state),
    close: () => state.core.threads?.close(),
  };
}
