/** Options of learning, the M-step. */
import { choice, flag, real, whole } from "../core/options.ts";
import type { Rule } from "../core/resolve.ts";

export const LEARN = {
  /** Steps of random actions before the first plan. */
  warmup: whole({ observed: 100, latent: 200 }, { from: 1, to: 1e9 }),
  /** Further updates of the model when the warm-up ends. */
  warmupUpdates: whole({ observed: 200, latent: 500 }, { from: 0, to: 1e6 }),
  /** Updates of model, habit and value after each step. */
  updates: whole({ observed: 6, latent: 2 }, { from: 0, to: 10_000 }),
  /** Transitions of a batch. */
  batch: whole(64, { from: 32, to: 65_536, multipleOf: 32, serves: ["observed"] }),
  /** Adam's rate at the first update. */
  learningRate: real(3e-3, { from: 0, to: 1, serves: ["observed", "latent"] }),
  /** Updates t after which the rate has fallen by √2: it is learningRate / √(1 + t / annealing). */
  annealing: real(1500, { from: 1, to: 1e12, serves: ["observed", "latent"] }),
  /** Adam's rate at the first update of habit and value. */
  guideRate: real(1e-3, { from: 0, to: 1, serves: ["observed"] }),
  /** Share of a batch that is drawn among rewards more than a standard deviation from the mean, where they have less. */
  rareShare: real(0.25, { from: 0, to: 0.75, serves: ["observed"] }),
  /** Adam's decoupled weight decay. */
  weightDecay: real(1e-5, { from: 0, to: 1, serves: ["observed", "latent"] }),
  /** Transitions that are remembered, the newest. */
  memory: whole({ observed: 50_000, latent: 20_000 }, { from: { observed: 32, latent: 64 }, to: 1e8 }),
  /** Plans that the habit is distilled from, the newest. */
  lessons: whole(600, { from: 32, to: 1e8, serves: ["observed"] }),
  /** Plans that the value is learned from, the newest: their values age as the value improves. */
  valueLessons: whole(600, { from: 32, to: 1e8, serves: ["observed"] }),
  /** Imagined states that are planned for each step, on average; eight are planned at once. */
  imagination: real({ observed: 2, latent: 0 }, { from: 0, to: 8 }),
  /** Steps of the longest walk from a remembered state to an imagined one. */
  imaginedSteps: whole(29, { from: 0, to: 1000, serves: ["observed"] }),
  /**
   * ρ of distillation: the habit p learns from (1 − ρ) q + ρ p̄, where q is the plan and p̄ a copy of p that follows it
   * slowly: a habit that hesitates before it changes.
   */
  trustRegion: real(0, { from: 0, to: 0.99, serves: ["observed", "latent"] }),
  /** Whether plans end in the learned value. */
  usesValue: flag({ observed: true, latent: false }, {}),
  /** Share of the way that the value in plans moves to the learned one at each update. */
  valueRate: real({ observed: 0.1, latent: 0.02 }, { from: 0, to: 1 }),
  /** Steps after the warm-up before plans use habit and value. */
  delay: whole({ observed: 100, latent: 200 }, { from: 0, to: 1e9 }),
  /** Whether the value also waits for the first termination (sparse goals). */
  valueAwaitsTermination: flag(false, { serves: ["observed", "latent"] }),
  /** λ of the returns that the value learns from. */
  returnDecay: real(0.9, { from: 0, to: 1, serves: ["latent"] }),
  /**
   * Whether the state prior is the transition, and the latent explains what is observed ("generative"); or recognition
   * itself, which outcomes alone teach ("discriminative": without likelihood of observations, ratio and divergence, which
   * are then 0 in the bound; the belief's particles are not weighed). Nothing keeps a discriminative latent from drifting
   * away in episodes that are longer than a chunk.
   */
  bound: choice("generative", ["generative", "discriminative"], { serves: ["latent"] }),
  /** T, steps of a chunk; 32 chunks are a batch. */
  chunk: whole(16, { from: 2, to: 256, serves: ["latent"] }),
  /** Steps of the longest overshoot. */
  overshoot: whole(8, { from: 0, to: 64, serves: ["latent"] }),
  /** First step of a chunk that an overshoot may begin at. */
  overshootFrom: whole(3, { from: 0, to: 255, serves: ["latent"] }),
  /** Successive steps of a chunk that overshoots begin at in one update, from a random one on. */
  overshootStarts: whole(4, { from: 1, to: 256, serves: ["latent"] }),
  /** Whether an update overshoots by one member of the ensemble, each in turn, instead of by all. */
  overshootsInTurn: flag(false, { serves: ["latent"] }),
  /** λ, weight of the marginal in the bound; it rises from 0 over `marginalSteps`. */
  marginalWeight: real(0, { from: 0, to: 1, serves: ["latent"] }),
  /** Steps over which λ rises to its value. */
  marginalSteps: whole(1000, { from: 0, to: 1e9, serves: ["latent"] }),
  /** Huber threshold of the reward's loss, in standard deviations of the reward: beyond it the gradient is constant. */
  rewardClip: real(1, { from: 1e-3, to: 1e6, serves: ["latent"] }),
  /** Largest Euclidean norm of a network's gradient; a longer one is shortened. */
  maxNorm: real(20, { from: 1e-6, to: 1e6, serves: ["latent"] }),
};

/** What rules read beside the settings that they name. */
interface LearnSettings {
  readonly bound: string;
  readonly chunk: number;
  readonly overshoot: number;
  readonly overshootFrom: number;
  readonly observationNoise: number | string;
  readonly marginalWeight: number;
  readonly imagination: number;
  readonly usesValue: boolean;
  readonly habitShare: number;
}

const needsValue = { unless: "usesValue is true", isRead: ({ usesValue }: LearnSettings) => usesValue };
const needsOvershoot = {
  unless: "overshoot is at least 1",
  isRead: ({ overshoot }: LearnSettings) => overshoot > 0,
};
const needsGenerative = {
  unless: 'bound is "generative"',
  isRead: ({ bound }: LearnSettings) => bound === "generative",
};

export const LEARN_RULES: readonly Rule<LearnSettings>[] = [
  { option: "valueRate", ...needsValue },
  { option: "valueLessons", ...needsValue },
  { option: "valueAwaitsTermination", ...needsValue },
  { option: "returnDecay", ...needsValue },
  {
    option: "trustRegion",
    serves: ["latent"],
    unless: "habitShare is above 0",
    isRead: ({ habitShare }) => habitShare > 0,
  },
  {
    option: "imaginedSteps",
    unless: "imagination is above 0",
    isRead: ({ imagination }) => imagination > 0,
  },
  { option: "informationWeight", serves: ["latent"], off: 0, ...needsGenerative },
  { option: "marginalWeight", ...needsGenerative },
  { option: "resampleBelow", serves: ["latent"], ...needsGenerative },
  { option: "regularisation", serves: ["latent"], ...needsGenerative },
  {
    option: "marginalSteps",
    unless: "marginalWeight is above 0",
    isRead: ({ marginalWeight }) => marginalWeight > 0,
  },
  {
    option: "overshoot",
    off: 0,
    unless: "chunk is at least 2 more than overshootFrom",
    isRead: ({ overshootFrom, chunk }) => overshootFrom + 1 < chunk,
  },
  { option: "overshootFrom", ...needsOvershoot },
  { option: "overshootStarts", ...needsOvershoot },
  { option: "overshootsInTurn", ...needsOvershoot },
  {
    option: "observationNoise",
    unless: "overshoot is at least 1",
    isRead: ({ observationNoise, overshoot }) => observationNoise !== "learned" || overshoot > 0,
  },
];
