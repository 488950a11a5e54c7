import type { ActionOf, Observation, Space } from "../environments/environment.ts";
import type { ActionMask } from "../environments/mask.ts";
import type { Imagination } from "../inference/explain.ts";
import type { Bound } from "../learning/bound.ts";
import type { UpdateInfo } from "../learning/schedule.ts";
import type { Adjustments, Settings } from "./options.ts";
import type { Transition } from "./transition.ts";

/** Spaces of the world an agent acts in. */
export interface Spaces<A extends Space = Space> {
  /** Of the observations; a box's bounds may be infinite. */
  readonly observationSpace: Space;
  /** Of the actions: a box of [A] finite bounds, n choices, or several numbers of choices. */
  readonly actionSpace: A;
}

/** How an action is chosen: by simulating the model ("plan"), or by the distilled action prior alone ("habit"). */
export type Policy = "plan" | "habit";

/** How an action was chosen: "chance" draws one before anything is known, "curiosity" plans for information alone. */
export type ChosenBy = Policy | "chance" | "curiosity";

/** Options of `act`. */
export interface ActOptions {
  /** Default "plan". */
  readonly policy?: Policy;
  /** Whether the action is drawn. Default false. */
  readonly explore?: boolean;
  /** Of the last action, where it is known. */
  readonly reward?: number | undefined;
  /** The running episode: 0 (default); −1 is the one that is reserved for evaluation. */
  readonly lane?: number;
  /**
   * Which actions may be taken, as `info.actionMask` of the environment says; the answer is one of them. Of the steps that a plan
   * simulates the mask of the first alone is known: at later ones all actions are tried. Default all.
   */
  readonly actionMask?: ActionMask | undefined;
}

/** Options of `actAll`. */
export interface ActAllOptions {
  /** Default "plan". */
  readonly policy?: Policy;
  /** Whether actions are drawn. Default false. */
  readonly explore?: boolean;
  /** [lanes] of the last actions; undefined where one is not known. Default none. */
  readonly rewards?: readonly (number | undefined)[];
  /** [lanes] as of `act`; undefined where all may be done. Default none. */
  readonly actionMasks?: readonly (ActionMask | undefined)[];
}

/** Options of `update`. */
export interface UpdateOptions {
  /** Units of learning in this call, a whole number ≥ 0. Default all that are owed. */
  readonly most?: number;
}

/** Options of `explain`. */
export interface ExplainOptions {
  /** The running episode: 0 (default); −1 is the one that is reserved for evaluation. */
  readonly lane?: number;
  /** Whether to explain the plan, too: its sequences are simulated once more, which takes as long as a plan. Default true. */
  readonly plan?: boolean;
}

/** Why the last action of an episode was chosen. */
export interface Explanation {
  /** Undefined before the episode's first action. */
  readonly chosenBy: ChosenBy | undefined;
  /**
   * What an agent with `model: "latent"` believes of its latent; undefined before it has taken in an observation (`act`
   * does not while it acts at random), and for an agent that observes the state.
   */
  readonly belief: BeliefSummary | undefined;
  /** Undefined unless the last `act` planned, in this episode, and nothing was remembered, learned or loaded since. */
  readonly plan: PlanExplanation | undefined;
}

/** The action sequences that a plan compared, where the model led them, and what it concluded. */
export interface PlanExplanation extends Imagination {
  /**
   * q(a) of the first action: of a continuous action a histogram of each dimension over its bounds, of a discrete one the
   * choices' probabilities; one group after the other.
   */
  readonly posterior: Float32Array;
  /** Σ_c w[c] score[c], in rewards. */
  readonly value: number;
  /** η of the weights w ∝ exp(score / η), in rewards: higher than `temperature` where too few sequences would have counted. */
  readonly temperature: number;
  /** 1 / Σ_c w[c]², in sequences. */
  readonly effectiveSampleSize: number;
}

/** A belief about the latent z, as weighted particles, in a few numbers. */
export interface BeliefSummary {
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
export interface Agent<A extends Space = Space> {
  /** The options it was made with, every default filled in. */
  readonly options: Settings;
  /** The spaces that it was made for. */
  readonly spaces: Spaces<A>;
  /** The tree of all that changes (`core/tree.ts`). @internal */
  readonly state: object;
  /** Transitions remembered. */
  readonly steps: number;
  /**
   * Forgets the running plan and belief: a new episode begins. What was learned stays.
   *
   * @param lane the running episode that ends: 0 (default); −1 is the one that is reserved for evaluation
   */
  reset(lane?: number): void;
  /**
   * The action for an observation, by planning or by the habit alone.
   *
   *   plan    a ∼ q(a) ∝ p_a(a | x) exp( L̂(a) / η )    (`assembly/planner/plan.ts`)
   *   habit   a ∼ p_a(a | x)
   *
   * With `explore` the action is drawn; without (the default) it is the mode of the habit, or the centre of the plan.
   * An exploring planner acts at random during the warm-up, and takes the centre too when `options.exploration` is
   * "greedy". Every call that plans moves the running plan on by one step, or begins anew where the last action was no
   * plan: call it once a step, and `reset` between episodes. Episodes run side by side in lanes: `evaluate` acts in a lane
   * of its own, so that it does not disturb the running one.
   *
   * An agent with a belief takes in the observation first, whatever the policy, with the last action and the `reward` that
   * came with the observation; `learn` tells it the reward too. Where neither does, the reward is not weighed.
   *
   * @param observation of the observation space ({@link Observation}), finite; it may lie outside a box's bounds. For an agent
   *        with a belief, NaN where nothing was seen
   * @param options     `policy`: "plan" (default) or "habit"; `explore`: default false; `reward`: of the last action;
   *        `lane`: default 0; `actionMask`: default all actions
   * @returns of a box, a new Float32Array [A] within its bounds; of a discrete space, a whole number in [0, n − 1]; of a
   *          multiDiscrete one, a new Int32Array [G] of such. JSON prints them as arrays
   * @throws TypeError when the observation is not of the space's length; RangeError when it holds a number that is not
   *         finite, or for an unknown policy; Error when the model has produced no number
   *
   * @example
   * const environment = await createEnvironment("cartpole");
   * const agent = await createAgent(environment, { seed: 1 });
   * const action = agent.act([0, 0, 0.1, 0.5], { policy: "habit" });
   * action === 0 || action === 1; // true
   */
  act(observation: Observation, options?: ActOptions): ActionOf<A>;
  /**
   * The actions of all running episodes at once, as `act` in each of the agent's `lanes`; their plans are solved side by side in one
   * call. With one lane it is `act`, to the bit. All episodes choose alike: at random, out of curiosity, by plan or by habit.
   *
   * @param observations [lanes], each as `act` takes it
   * @returns [lanes] actions
   * @throws RangeError unless there is an observation for each lane; as `act` does
   *
   * @example
   * const environment = await createEnvironment("cartpole");
   * const agent = await createAgent(environment, { seed: 1, lanes: 2 });
   * agent.actAll([[0, 0, 0.1, 0.5], [0, 0, -0.1, -0.5]]).length; // 2
   */
  actAll(observations: readonly Observation[], options?: ActAllOptions): ActionOf<A>[];
  /**
   * Stores a transition and counts what learning is owed for it; {@link Agent.update} works that off. When the last call of
   * `act` planned at this very observation, the plan becomes a lesson for habit and value.
   *
   * An agent learns from logs by remembering them all, then updating. What follows a transition that is `terminated` or
   * `truncated` is another episode; call `reset` where a log breaks off otherwise.
   *
   * @param lane the running episode: 0 (default), 1 … `options.lanes` − 1
   * @returns the bound's terms at this transition, in nats, before learning from it
   * @throws TypeError or RangeError when the transition is not of the spaces; nothing is stored then
   *
   * @example
   * const agent = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
   * const [observation, nextObservation] = [[1, 0, 0.5], [0.9, 0.1, 0.4]];
   * const transition = { observation, action: [0.3], reward: -1, nextObservation, terminated: false, truncated: false };
   * for (let i = 0; i < 100; i++) agent.remember(transition); // of a log
   * agent.update({ most: 10 }).owed; // 204: 1 refresh of scales, 200 + 6 updates of the model, 1 batch of imagined plans, 6 of habit and value, less 10
   */
  remember(transition: Transition, lane?: number): Bound;
  /**
   * Works off owed learning: the M-step. A step owes nothing before the warm-up is over; then it owes updates of the model,
   * imagined plans, updates of habit and value, and now and then a refresh of scales: each is a unit. What is owed is saved
   * with the agent. Slices change no bit: `update({ most: 1 })` until nothing is owed does what one `update()` does.
   *
   * @param options `most`: units in this call, ≥ 0; default all that are owed
   * @throws RangeError when `most` is not a whole number ≥ 0
   */
  update(options?: UpdateOptions): UpdateInfo;
  /**
   * `remember`, then `update` of all that is owed.
   *
   * @param lane the running episode: 0 (default), 1 … `options.lanes` − 1
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
  learn(
    transition: Transition,
    lane?: number,
  ): UpdateInfo & {
    /** Before learning from the transition. */
    readonly bound: Bound;
  };
  /**
   * Why the last action of an episode was chosen: what was believed, which sequences were compared, where the model led
   * them, and what followed. The call changes neither acting nor learning.
   *
   * @example
   * const environment = await createEnvironment("pendulum");
   * const agent = await createAgent(environment, { seed: 1, candidates: 32, horizon: 12 });
   * agent.act(environment.reset({ seed: 1 }).observation);
   * const { chosenBy, plan } = agent.explain();
   * chosenBy; // "plan"
   * // 32 candidates, 12 steps and where they begin, 3 numbers each
   * plan?.observations.length; // 1248
   */
  explain(options?: ExplainOptions): Explanation;
  /**
   * Changes settings while the agent runs; from the next `act` on they hold, and `save` keeps them.
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
   * The agent as bytes, a safetensors file: all that changes, the running episodes among it, options and spaces.
   * {@link loadAgent} goes on from there with the same bits, in the midst of an episode too.
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
