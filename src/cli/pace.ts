/** How fast a work goes. */
export interface Pace {
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

/** Steps that the pace is measured over: recent ones, since the first are quicker. */
const WINDOW = 100;

/** A function that takes the steps done, after each of them, and answers with the pace. */
export function createPace(total: number, now: () => number = () => performance.now()) {
  const times = [now()];
  return (steps: number): Pace => {
    times.push(now());
    if (times.length > WINDOW) times.shift();
    const seconds = (times[times.length - 1] - times[0]) / 1000;
    const stepsPerSecond = seconds > 0 ? (times.length - 1) / seconds : 0;
    return { stepsPerSecond, secondsLeft: (total - steps) / stepsPerSecond };
  };
}
