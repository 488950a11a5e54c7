import type { Action } from "../environments/environment.ts";
import type { Imagination } from "../inference/imagination.ts";
import type { Bound } from "../learning/bound.ts";
import type { UpdateInfo } from "../learning/schedule.ts";
import type { Policy } from "./act.ts";
import type { Adjustments, Settings } from "./options.ts";
import type { Spaces } from "./state.ts";
import type { Transition } from "./transition.ts";

/** A belief about the latent z, as weighted particles, in a few numbers. */
export interface Belief {
  /** [Z] Σ_n w[n] z[n]. */
  readonly mean: Float32Array;
  /** [Z] √(Σ_n w[n] (z[n] − mean)²). */
  readonly std: Float32Array;
  /** Particles that count, 1 … 32. */
  readonly effectiveSampleSize: number;
  /** log p̂(x_{1:t}, r_{1:t}) of the episode so far, in nats. */
  readonly logEvidence: number;
  /** [N][Z] the particles z themselves, N = 32. */
  readonly particles: Float32Array;
  /** [N] w, sum to one. */
  readonly weights: Float32Array;
  /** [N][X] E[x | z] of each particle, in the observation space's units; probabilities of Bernoulli and categorical ones. */
  readonly observations: Float32Array;
}

/** A generative agent: a learned model, a planner that simulates it, and a habit distilled from the plans. */
export interface Agent {
  /** The options it was made with, every default filled in. */
  readonly options: Settings;
  /** The spaces that it was made for. */
  readonly spaces: Spaces;
  /** Transitions remembered. */
  readonly steps: number;
  /** Forgets the running plan: a new episode begins. What was learned stays. */
  reset(): void;
  /**
   * The action for an observation, by planning or by the habit alone.
   *
   *   plan    a ∼ q(a) ∝ p_a(a | x) exp( L̂(a) / η )    (`assembly/planner/plan.ts`)
   *   habit   a ∼ p_a(a | x)
   *
   * With `explore` the action is drawn; without (the default) it is the mode of the habit, or the centre of the plan.
   * An exploring planner acts at random during the warm-up, and takes the centre too when `options.exploration` is
   * "greedy". Every call that plans moves the running plan on by one step: call it once a step, and `reset` between
   * episodes.
   *
   * An agent with a belief takes in the observation first, whatever the policy, with the last action and the `reward` that
   * came with the observation; `learn` tells it the reward too. Where neither does, the reward is not weighed.
   *
   * @param observation [D] in the observation space's units, finite; it may lie outside the space's bounds. For an agent
   *        with a belief, NaN where nothing was seen
   * @param options     `policy`: "plan" (default) or "habit"; `explore`: default false; `reward`: of the last action
   * @returns of a box, a new Float32Array [A] within its bounds; of a discrete space, a whole number in [0, n − 1]
   * @throws TypeError when the observation is not of the space's length; RangeError when it holds a number that is not
   *         finite, or for an unknown policy; Error when the model has produced no number
   *
   * @example
   * const environment = await createEnvironment("cartpole");
   * const agent = await createAgent(environment, { seed: 1 });
   * const action = agent.act([0, 0, 0.1, 0.5], { policy: "habit" });
   * action === 0 || action === 1; // true
   */
  act(
    observation: ArrayLike<number>,
    options?: { readonly policy?: Policy; readonly explore?: boolean; readonly reward?: number | undefined },
  ): Action;
  /**
   * Stores a transition and counts what learning is owed for it; {@link Agent.update} works that off. When the last call of
   * `act` planned at this very observation, the plan becomes a lesson for habit and value.
   *
   * An agent learns from logs by remembering them all, then updating. What follows a transition that is `terminated` or
   * `truncated` is another episode; call `reset` where a log breaks off otherwise.
   *
   * @returns the bound's terms at this transition, in nats, before learning from it
   * @throws TypeError or RangeError when the transition is not of the spaces; nothing is stored then
   *
   * @example
   * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
   * const [observation, nextObservation] = [[1, 0, 0.5], [0.9, 0.1, 0.4]];
   * const transition = { observation, action: [0.3], reward: -1, nextObservation, terminated: false, truncated: false };
   * for (let i = 0; i < 100; i++) agent.remember(transition); // of a log
   * agent.update({ most: 10 }).owed; // 195: 1 refresh of scales, 200 + 2 updates of the model, 2 of habit and value, less 10
   */
  remember(transition: Transition): Bound;
  /**
   * Works off owed learning: the M-step. A step owes nothing before the warm-up is over; then it owes updates of the model,
   * imagined plans, updates of habit and value, and now and then a refresh of scales: each is a unit. What is owed is saved
   * with the agent. Slices change no bit: `update({ most: 1 })` until nothing is owed does what one `update()` does.
   *
   * @param options `most`: units in this call, ≥ 0; default all that are owed
   * @throws RangeError when `most` is not a whole number ≥ 0
   */
  update(options?: { readonly most?: number }): UpdateInfo;
  /**
   * `remember`, then `update` of all that is owed.
   *
   * @returns the bound's terms at this transition, and what the update did
   * @throws as `remember` does
   *
   * @example
   * const environment = await createEnvironment("pendulum");
   * const agent = await createAgent(environment, { seed: 1 });
   * const { observation } = environment.reset({ seed: 1 });
   * const action = agent.act(observation, { explore: true });
   * const step = environment.step(action);
   * agent.learn({ ...step, observation, action, nextObservation: step.observation });
   * agent.steps; // 1
   */
  learn(transition: Transition): UpdateInfo & { readonly bound: Bound };
  /**
   * What an agent with `model: "latent"` believes of its latent; undefined before it has taken in an observation (`act`
   * does not while it explores at random), and for an agent that sees the state.
   *
   * @example
   * const environment = await createEnvironment("t-maze");
   * const agent = await createAgent(environment, { model: "latent", latentSize: 4 });
   * agent.act(environment.reset({ seed: 1 }).observation);
   * agent.belief()?.mean.length; // 4
   */
  belief(): Belief | undefined;
  /**
   * The sequences that the last `act` compared, and where the model led them: to be looked at. They are simulated once
   * more when they are asked for; acting and learning go on as if nobody had asked.
   *
   * @returns undefined unless the last `act` planned, and nothing was remembered since
   *
   * @example
   * const environment = await createEnvironment("pendulum");
   * const agent = await createAgent(environment, { seed: 1, candidates: 32, horizon: 12 });
   * agent.act(environment.reset({ seed: 1 }).observation);
   * // 32 candidates, 12 steps and where they begin, 3 numbers each
   * agent.imagined()?.observations.length; // 1248
   */
  imagined(): Imagination | undefined;
  /**
   * Changes settings while the agent lives; from the next `act` on they hold, and `save` keeps them.
   *
   * @throws TypeError for a name that cannot be changed; RangeError for a value out of its range
   *
   * @example
   * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
   * agent.configure({ informationWeight: 0.1 });
   * agent.options.informationWeight; // 0.1
   */
  configure(adjustments: Adjustments): void;
  /**
   * The agent as bytes, a safetensors file: parameters, optimisers, experience, lessons, options and counters. Only the
   * running plan is left out, so {@link loadAgent} goes on with the same bits from the next episode.
   *
   * @example
   * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
   * const copy = await loadAgent(agent.save());
   * copy.options.seed; // 1
   */
  save(): Uint8Array;
  /** Stops the agent's threads, where it has some; it goes on acting and learning the same way, in the caller's. */
  close(): void;
}
