import type { LoggedEpisode } from "./log.ts";

/** What can be drawn of runs. */
export interface Quantity {
  /** What the axis says. */
  readonly axis: string;
  /** What the subtitle says. */
  readonly words: string;
  /** One line each; the name is left out where there is one. */
  readonly lines: Readonly<Record<string, (episode: LoggedEpisode) => number | null | undefined>>;
}

/** Quantities by the word that asks for them. The return is drawn of finished episodes alone. */
export const QUANTITIES = {
  return: {
    axis: "return of an episode",
    words: "Return while learning",
    lines: { return: (episode) => episode.return },
  },
  bound: {
    axis: "nats an action",
    words: "The terms of the bound while learning",
    lines: {
      reward: ({ bound }) => bound?.reward,
      "information gain": ({ bound }) => bound?.informationGain,
      "state consistency": ({ bound }) => bound?.stateConsistency,
      "action consistency": ({ bound }) => bound?.actionConsistency,
      total: ({ bound }) => bound?.total,
    },
  },
  belief: {
    axis: "particles of the belief that count",
    words: "The belief while learning",
    lines: { belief: ({ plans }) => plans?.beliefSampleSize },
  },
  model: {
    axis: "model error, standard deviations",
    words: "The model's error while learning",
    lines: { error: ({ modelError }) => modelError },
  },
  habit: {
    axis: "agreement of habit and plan",
    words: "How much the habit does what plans do",
    lines: { habit: ({ plans }) => plans?.habitAgreement },
  },
} as const satisfies Readonly<Record<string, Quantity>>;

/** The words of {@link QUANTITIES}. */
export type QuantityName = keyof typeof QUANTITIES;
