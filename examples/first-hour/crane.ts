/** A crane's trolley with a load on a rope. Only the places of both are seen; speeds have to be inferred. */
import { type Box, box, type Environment } from "generative-agent";

/** The push of the trolley, from what is seen. */
export type Controller = (observation: readonly number[]) => number[];

const ROPE = 2; // metres
const SECONDS = 0.02; // of a step of the physics; a decision lasts ten
const DECISIONS = 60;

export function createWorld(): Environment<Box, number[]> {
  let [trolley, speed, swing, spin] = [0, 0, 0, 0]; // metres from the goal, radians from the vertical
  let [decisions, lifts] = [0, 0];
  const load = () => trolley + ROPE * Math.sin(swing);
  const observation = () => [trolley, load()];
  return {
    observationSpace: box([-10, -10], [10, 10]),
    actionSpace: box([-1], [1]), // metres a second, each second
    reset({ seed = lifts + 1 } = {}) {
      [decisions, lifts] = [0, seed];
      [trolley, speed, swing, spin] = [((seed * 7) % 11) / 2.5 - 2, 0, ((seed * 3) % 7) / 20 - 0.15, 0];
      return { observation: observation() };
    },
    step([push]) {
      for (let i = 0; i < 10; i++) {
        const isStopped = Math.abs(trolley) >= 5 && Math.sign(trolley) === Math.sign(speed);
        if (isStopped) speed = 0;
        const pushed = push - 0.1 * speed;
        spin += SECONDS * ((-9.81 * Math.sin(swing) - pushed * Math.cos(swing)) / ROPE - 0.05 * spin);
        swing += SECONDS * spin;
        speed += SECONDS * pushed;
        trolley += SECONDS * speed;
      }
      decisions++;
      const reward = -Math.abs(load());
      return { observation: observation(), reward, terminated: false, truncated: decisions >= DECISIONS };
    },
  };
}

/** Pushes towards the goal, brakes, and follows the load so that it swings less; speeds are differences of places. */
export function createController(): Controller {
  let before: readonly number[] | undefined;
  return (observation) => {
    const [trolley, load] = observation;
    const [speed, swing] =
      before === undefined ? [0, 0] : observation.map((x, i) => (x - (before as readonly number[])[i]) / 0.2);
    before = observation;
    const push = -0.3 * trolley - 0.8 * speed + 0.5 * (load - trolley) + 0.1 * (swing - speed);
    return [Math.min(1, Math.max(-1, push))];
  };
}
