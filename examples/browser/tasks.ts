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
  /** Where the slider of the information weight ends; 0 where the weight changes nothing. */
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

const FAN = "Thin arcs are imagined futures: further out is later, thicker is likelier to be chosen.";
/** Of worlds where the weight of information can be changed. */
const CURIOSITY = "The more a future is sought for what it would teach, the more magenta it is.";

export const tasks: readonly Task[] = [
  {
    name: "pendulum",
    title: "Pendulum",
    lead: "A motor too weak to lift the rod must learn to swing it up and balance it.",
    notes: [FAN, CURIOSITY, "The bar below the pivot is the torque."],
    interval: 50,
    mostInformation: 4,
    informationNote:
      "The reward teaches enough here. The slider shows what curiosity makes of a balanced rod.",
    returns: [-1600, 0],
  },
  {
    name: "mountain-car-continuous",
    title: "Mountain car",
    lead: "Nothing is rewarded until the flag is reached: only curiosity leads a weak car out of the valley.",
    notes: [
      "Threads over the hill are imagined futures: higher is later.",
      CURIOSITY,
      "The arrow is the force on the car.",
    ],
    interval: 40,
    mostInformation: 0.5,
    informationNote:
      "At nought the car saves its fuel, and nearly always stays in the valley. Once the flag is found the weight fades.",
    returns: [-60, 100],
  },
  {
    name: "cartpole-swingup",
    title: "Swing-up",
    lead: "Push the cart so that the hanging pole swings up, and keep it above the middle.",
    notes: ["Threads are where the tip is imagined to go. The ring is where it should be.", CURIOSITY],
    interval: 50,
    mostInformation: 0.5,
    informationNote: "Adds worth to pushes about whose outcome the members of the model disagree.",
    returns: [-60, 0],
  },
  {
    name: "pendulum-position",
    title: "Unseen speed",
    lead: "The same pendulum, but its speed is hidden: the agent must believe in what it cannot see.",
    notes: [FAN, "The strip of dots shows the speed that the belief's particles hold, and the true one."],
    interval: 50,
    mostInformation: 0,
    informationNote: "Plans start from one particle of the belief here, which leaves nothing to find out.",
    returns: [-1600, 0],
    hidden: { label: "speed", unit: "rad/s", range: [-8, 8], of: ([, velocity]) => velocity },
  },
  {
    name: "t-maze",
    title: "Cue maze",
    lead: "One arm holds the reward. A look at the cue, which costs a little, tells which.",
    notes: [
      "Threads are imagined ways: thicker is likelier to be chosen.",
      CURIOSITY,
      "Dots above the arms are the belief's particles: the arm that a linear fit reads off each of them.",
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
