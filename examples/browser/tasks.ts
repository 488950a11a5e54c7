/** The worlds on show: what they are called, what is to be seen, and what of them is hidden. */

export interface Task {
  /** As `createEnvironment` takes it. */
  readonly name: string;
  readonly title: string;
  readonly lead: string;
  /** What the drawing shows, one sentence each. */
  readonly notes: readonly string[];
  /** Milliseconds of the world's own time from one step to the next. */
  readonly interval: number;
  /** Where the slider of the information weight ends. */
  readonly mostInformation: number;
  readonly informationNote: string;
  /** Returns that the plot shows at least. */
  readonly returns: readonly [low: number, high: number];
  /** What the agent does not see, where that can be drawn. */
  readonly hidden?: Hidden;
}

export interface Hidden {
  readonly label: string;
  readonly unit: string;
  /** Its range in the drawing. */
  readonly range: readonly [low: number, high: number];
  /** From the true state. */
  readonly of: (state: readonly number[]) => number;
}

const FAN =
  "Thin arcs are imagined futures; the further out, the later; the thicker, the likelier to be chosen.";

export const tasks: readonly Task[] = [
  {
    name: "pendulum",
    title: "Pendulum",
    lead: "A motor too weak to lift the rod must learn to swing it up and balance it.",
    notes: [FAN, "The bar below the pivot is the torque."],
    interval: 50,
    mostInformation: 4,
    informationNote: "The reward teaches enough here; a large weight makes the rod restless instead.",
    returns: [-1600, 0],
  },
  {
    name: "mountain-car-continuous",
    title: "Mountain car",
    lead: "Nothing is rewarded until the flag is reached: only curiosity leads a weak car out of the valley.",
    notes: [
      "Threads over the hill are imagined futures; the higher, the later.",
      "The arrow is the force on the car.",
    ],
    interval: 40,
    mostInformation: 0.5,
    informationNote: "At nought the car learns to save its fuel, and stays in the valley for good.",
    returns: [-60, 100],
  },
  {
    name: "cartpole-swingup",
    title: "Swing-up",
    lead: "Push the cart so that the hanging pole swings up, and keep it above the middle.",
    notes: ["Threads are where the tip is imagined to go.", "The ring is where the tip should be."],
    interval: 50,
    mostInformation: 0.5,
    informationNote: "Raise it before the pole is up, and the agent tries pushes it has not tried.",
    returns: [-60, 0],
  },
  {
    name: "pendulum-position",
    title: "Unseen speed",
    lead: "The same pendulum, but its speed is hidden: the agent must believe in what it cannot see.",
    notes: [FAN, "The instrument on the right reads the speed off each particle of the belief."],
    interval: 50,
    mostInformation: 2,
    informationNote: "Weighs what the next look would tell about the speed.",
    returns: [-1600, 0],
    hidden: { label: "speed", unit: "rad/s", range: [-8, 8], of: ([, velocity]) => velocity },
  },
  {
    name: "t-maze",
    title: "Cue maze",
    lead: "One arm holds the reward. A look at the cue, which costs a little, tells which.",
    notes: [
      "Threads are imagined ways; the thicker, the likelier to be chosen.",
      "Dots beside the arms are the belief's particles: where each of them expects the reward.",
    ],
    interval: 350,
    mostInformation: 0.4,
    informationNote:
      "At nought there is little reason to pay for the cue; a small weight makes the agent look first.",
    returns: [-1.1, 1.1],
    hidden: { label: "arm", unit: "", range: [-1, 1], of: ([, arm]) => arm },
  },
];

/** The task of that name, or the first. */
export function taskOf(name: string | null): Task {
  return tasks.find((task) => task.name === name) ?? tasks[0];
}
