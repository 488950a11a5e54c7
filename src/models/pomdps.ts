import type { PomdpTables } from "./tabularPomdp.ts";

/**
 * The actions of {@link tiger}, by their index.
 *
 * @example
 * TIGER_ACTIONS[0]; // "listen"
 */
export const TIGER_ACTIONS = ["listen", "open left", "open right"] as const;

/**
 * The tiger problem (Kaelbling, Littman & Cassandra 1998): a tiger waits behind one of two doors, and listening tells
 * which, .85 of the time. Rewards −1 to listen, −100 and 10 to open; behind an opened door the problem begins anew. With
 * discount .95 the optimal value of not knowing is 19.3713683749, and the doors are opened at a net evidence of two.
 *
 * States: tiger left, tiger right. Observations: heard left, heard right.
 *
 * @param accuracy of listening, in [0, 1]
 *
 * @example
 * tiger().observation[0][0]; // [0.85, 0.15]
 */
export function tiger(accuracy = 0.85): PomdpTables {
  const [stays, anew] = [
    [
      [1, 0],
      [0, 1],
    ],
    [0.5, 0.5],
  ];
  const heard = [
    [accuracy, 1 - accuracy],
    [1 - accuracy, accuracy],
  ];
  return {
    transition: stays.map((same) => [same, anew, anew]),
    reward: [
      [-1, -100, 10],
      [-1, 10, -100],
    ],
    observation: [heard, [anew, anew], [anew, anew]],
    initial: anew,
  };
}

/**
 * The actions of {@link tMaze}, by their index.
 *
 * @example
 * T_MAZE_ACTIONS[0]; // "cue"
 */
export const T_MAZE_ACTIONS = ["cue", "left", "right"] as const;

/**
 * A T-maze: the reward lies in the left or in the right arm for the whole episode, and a cue tells which, `validity` of
 * the time. Looking at it costs `cost`; an arm ends the episode, with reward 1 or 0.
 *
 * States: reward left, reward right, over. Observations: cue says left, cue says right, nothing.
 *
 * @example
 * // looking before leaping: worth it where a nat is
 * const core = await createCore({ bytes: 1 << 22 });
 * const settings = { particles: 2, horizon: 2, temperature: 0.02, informationWeight: 0.5 };
 * const planner = createBeliefPlanner(core, tabularPomdp(core, tMaze()), settings);
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: the cue
 */
export function tMaze({ validity = 0.95, cost = 0.1 } = {}): PomdpTables {
  const [left, right, over, nothing] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 1],
  ];
  const blank = [nothing, nothing, nothing];
  return {
    transition: [
      [left, over, over],
      [right, over, over],
      [over, over, over],
    ],
    reward: [
      [-cost, 1, 0],
      [-cost, 0, 1],
      [0, 0, 0],
    ],
    observation: [[[validity, 1 - validity, 0], [1 - validity, validity, 0], nothing], blank, blank],
    ending: [
      [0, 1, 1],
      [0, 1, 1],
      [1, 1, 1],
    ],
    initial: [0.5, 0.5, 0],
  };
}

/**
 * The actions of {@link fork}, by their index.
 *
 * @example
 * FORK_ACTIONS[1]; // "random branch"
 */
export const FORK_ACTIONS = ["steady branch", "random branch"] as const;

/** Two branches of one step: what the random one does at random, and how well each is seen. */
export interface Fork {
  /** [P] the random branch's probabilities of its places, which sum to one. */
  readonly places: readonly number[];
  /** [P] rewards of those places. Default: that of the steady branch. */
  readonly rewards?: readonly number[];
  /** Probability that a place of the random branch is seen as it is; else any of them is seen; in [0, 1]. Default 1. */
  readonly clarity?: number;
  /** Reward of the steady branch. Default 0. */
  readonly steady?: number;
}

/**
 * A fork: one branch leads to one place, the other to one of several by chance. With clear sight the random branch's
 * observation tells which; with none it is noise of the sensor alone, and tells nothing.
 *
 * States: at the fork, on the steady branch, then the places; observations likewise.
 *
 * @example
 * fork({ places: [0.5, 0.5], rewards: [-1, 1] }).transition[0][1]; // [0, 0, 0.5, 0.5]
 */
export function fork({
  places,
  steady = 0,
  rewards = places.map(() => steady),
  clarity = 1,
}: Fork): PomdpTables {
  const S = places.length + 2;
  const only = (k: number) => Array.from({ length: S }, (_, i) => Number(i === k));
  const anywhere = [0, 0, ...places];
  const seen = (k: number) =>
    k < 2 ? only(k) : only(k).map((here, i) => (i < 2 ? 0 : clarity * here + (1 - clarity) / places.length));
  const sight = only(0).map((_, k) => seen(k));
  const gains = [0, steady, ...rewards];
  return {
    transition: sight.map((_, s) => (s === 0 ? [only(1), anywhere] : [only(s), only(s)])),
    reward: sight.map((_, s) => (s === 0 ? [gains, gains] : [0, 0])),
    observation: [sight, sight],
    initial: only(0),
  };
}

/**
 * Two hidden sides that persist, and one action for every cue: what it shows is right with the cue's validity. Looking at
 * a cue valid with p when both sides are equally likely tells ln 2 − H(p) nats.
 *
 * States and observations: left, right.
 *
 * @param validities [A] one cue each, in [0, 1]
 *
 * @example
 * // the cue that tells more is looked at
 * const core = await createCore({ bytes: 1 << 22 });
 * const settings = { particles: 2, horizon: 1, temperature: 0.05 };
 * const planner = createBeliefPlanner(core, tabularPomdp(core, cues([0.6, 0.9])), settings);
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 1
 */
export function cues(validities: readonly number[]): PomdpTables {
  const sides = [
    [1, 0],
    [0, 1],
  ];
  return {
    transition: sides.map((same) => validities.map(() => same)),
    reward: sides.map(() => validities.map(() => 0)),
    observation: validities.map((p) => [
      [p, 1 - p],
      [1 - p, p],
    ]),
    initial: [0.5, 0.5],
  };
}

/**
 * The actions of {@link lightDark}, by their index.
 *
 * @example
 * LIGHT_DARK_ACTIONS[2]; // "stop"
 */
export const LIGHT_DARK_ACTIONS = ["left", "right", "stop"] as const;

/**
 * Light and dark (Platt et al. 2010) on a ring of places, which has no wall to feel one's way along: a walker who does not know its place is to stop at
 * `goal`, and sees where it is the better the nearer it is to the `light`. What is seen at place x is y with probability
 * 1 / (1 + (y − x)² / (blur d)²), normalised, d = |x − light|; at the light, x itself. Stopping at the goal is worth 1,
 * elsewhere 0, a step −`cost`.
 *
 * States: the places 0 … size − 1, then over. Observations: the places, then nothing.
 *
 * @example
 * lightDark({ size: 8, light: 5, goal: 2 }).observation[0][5]; // [0, 0, 0, 0, 0, 1, 0, 0, 0]
 */
export function lightDark({
  size = 12,
  goal = 2,
  light = 8,
  start = [3, 4, 5],
  blur = 0.6,
  cost = 0.02,
} = {}): PomdpTables {
  const places = Array.from({ length: size }, (_, x) => x);
  const only = (k: number) => Array.from({ length: size + 1 }, (_, i) => Number(i === k));
  const over = only(size);
  const move = (x: number, by: number) => only((x + by + size) % size);
  const seen = places.map((x) => {
    const away = Math.min(Math.abs(x - light), size - Math.abs(x - light));
    const width = (blur * away) ** 2;
    if (width === 0) return only(x);
    const weights = places.map(
      (y) => 1 / (1 + Math.min(Math.abs(y - x), size - Math.abs(y - x)) ** 2 / width),
    );
    const total = weights.reduce((sum, w) => sum + w, 0);
    return [...weights.map((w) => w / total), 0];
  });
  const sight = [...seen, over];
  return {
    transition: [...places.map((x) => [move(x, -1), move(x, 1), over]), [over, over, over]],
    reward: [...places.map((x) => [-cost, -cost, Number(x === goal)]), [0, 0, 0]],
    observation: [sight, sight, sight],
    ending: [...places.map(() => [0, 0, 1]), [1, 1, 1]],
    initial: [...places.map((x) => Number(start.includes(x)) / start.length), 0],
  };
}
