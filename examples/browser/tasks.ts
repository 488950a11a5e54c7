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

const FAN =
  "Each thin arc is one future that the agent simulates. It begins at the rod; later moments are drawn further out. Thick arcs are more likely to be chosen.";
/** Of worlds where the weight of information can be changed. */
const CURIOSITY =
  "Orange futures seek reward. The more magenta a future is, the more the agent expects to learn from it.";

export const tasks: readonly Task[] = [
  {
    name: "pendulum",
    title: "Pendulum",
    lead: "A motor too weak to lift the rod must learn to swing it up and balance it.",
    notes: [FAN, CURIOSITY, "The bar below the pivot is the torque."],
    interval: 50,
    mostInformation: 4,
    informationNote:
      "Not needed here, because every step has a reward. Try it: a curious agent leaves the balanced rod.",
    returns: [-1600, 0],
  },
  {
    name: "mountain-car-continuous",
    title: "Mountain car",
    lead: "The only reward is at the flag. The car is too weak to drive straight up, so curiosity has to find the way.",
    notes: [
      "Each thread above the hill is one future that the agent simulates; later moments are drawn higher.",
      CURIOSITY,
      "The arrow is the force on the car.",
    ],
    interval: 40,
    mostInformation: 0.5,
    informationNote:
      "When off, the car saves fuel and nearly always stays in the valley. After the flag is found, the value fades by itself.",
    returns: [-60, 100],
  },
  {
    name: "cartpole-swingup",
    title: "Swing-up",
    lead: "Push the cart so that the hanging pole swings up, and keep it above the middle.",
    notes: [
      "Each thread is a path of the pole's tip that the agent simulates. The ring is where the tip should be.",
      CURIOSITY,
    ],
    interval: 50,
    mostInformation: 0.5,
    informationNote: "Favours pushes whose outcome is uncertain: those on which the agent's models disagree.",
    returns: [-60, 0],
  },
  {
    name: "pendulum-position",
    title: "Unseen speed",
    lead: "The same pendulum, but the agent sees only its angle. It has to infer the speed.",
    notes: [
      FAN,
      "The lower strip shows the agent's guesses at the speed as dots, and the true speed as a line.",
    ],
    interval: 50,
    mostInformation: 0,
    informationNote:
      "Always off here: a plan starts from a single guess at the speed, so no observation could change it.",
    returns: [-1600, 0],
    hidden: { label: "speed", unit: "rad/s", range: [-8, 8], of: ([, velocity]) => velocity },
  },
  {
    name: "t-maze",
    title: "Cue maze",
    lead: "The reward is in the left or the right arm. The cue shows which, but looking at it costs a little.",
    notes: [
      "Each thread is a path that the agent simulates. Thick threads are more likely to be chosen.",
      CURIOSITY,
      "The dots above the arms are the agent's guesses at where the reward is.",
    ],
    interval: 350,
    mostInformation: 0.4,
    informationNote: "When off, the cue seems not worth its cost. A small value makes the agent look first.",
    returns: [-1.1, 1.1],
    hidden: { label: "arm", unit: "", range: [-1, 1], of: ([, arm]) => arm },
  },
];

/** The task of that name, or the first. */
export function taskOf(name: string | null): Task {
  return tasks.find((task) => task.name === name) ?? tasks[0];
}
