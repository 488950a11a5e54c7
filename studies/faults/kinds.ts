/** What may go wrong in a world, planted at one of its steps. */
import type { Environment, Start, Step } from "../../src/environments/environment.ts";

/** What has to come of a fault. */
export type Expectation =
  /** Somebody is told: the step is refused by name, in the episode's report or by an error. */
  | "told"
  /** It makes no difference: the agent is the same to the bit. */
  | "same"
  /** It is a reading like any other: the agent goes on. */
  | "learned";

/** A kind of fault. */
export interface FaultKind {
  readonly name: string;
  readonly expected: Expectation;
  /** Where an agent with a belief may take it, as something that was not seen. */
  readonly mayMiss?: true;
  /** The answer in place of the right one. @param since steps since the fault began: 0 at its place */
  readonly plant: (answer: Step, since: number) => unknown;
  /** Whether it lasts, or strikes once. Default once. */
  readonly lasts?: true;
}

const observed = (change: (value: number, d: number) => unknown) => (answer: Step) => ({
  ...answer,
  observation: Array.from(answer.observation as ArrayLike<number>, change),
});
const rewarded = (reward: unknown) => (answer: Step) => ({ ...answer, reward });
const first = (value: unknown) => observed((own, d) => (d === 0 ? value : own));
const SHARED: number[] = [];

export const KINDS: readonly FaultKind[] = [
  {
    name: "throws",
    expected: "told",
    plant: () => {
      throw new Error("the motor stalled");
    },
  },
  { name: "rejects", expected: "told", plant: () => Promise.reject(new Error("the wire broke")) },
  { name: "NaN observed", expected: "told", mayMiss: true, plant: first(Number.NaN) },
  { name: "NaN rewarded", expected: "told", plant: rewarded(Number.NaN) },
  { name: "Infinity observed", expected: "told", plant: first(Infinity) },
  { name: "−Infinity rewarded", expected: "told", plant: rewarded(-Infinity) },
  { name: "huge observed", expected: "told", plant: first(1e19) },
  { name: "huge rewarded", expected: "told", plant: rewarded(1e39) },
  {
    name: "wrong length",
    expected: "told",
    plant: (answer) => ({ ...answer, observation: [...(answer.observation as Float32Array), 0] }),
  },
  {
    name: "undefined observed",
    expected: "told",
    plant: (answer) => ({ ...answer, observation: undefined }),
  },
  { name: "undefined answer", expected: "told", plant: () => undefined },
  {
    name: "promise observed",
    expected: "told",
    plant: (answer) => ({ ...answer, observation: Promise.resolve(answer.observation) }),
  },
  { name: "flag in words", expected: "told", plant: (answer) => ({ ...answer, truncated: "false" }) },
  {
    name: "never ends",
    expected: "learned",
    lasts: true,
    plant: (answer) => ({ ...answer, terminated: false, truncated: false }),
  },
  {
    name: "mutated buffer",
    expected: "same",
    lasts: true,
    plant(answer) {
      SHARED.splice(0, SHARED.length, ...(answer.observation as Float32Array));
      return { ...answer, observation: SHARED };
    },
  },
  { name: "mutated action", expected: "same", lasts: true, plant: (answer) => answer },
  {
    name: "late",
    expected: "same",
    lasts: true,
    plant: (answer) => new Promise((resolve) => setTimeout(resolve, 0, answer)),
  },
  { name: "spike observed", expected: "learned", plant: observed((value) => 500 * value + 50) },
  { name: "spike rewarded", expected: "learned", plant: rewarded(-1e6) },
  { name: "largest", expected: "learned", plant: (answer) => ({ ...first(-1e18)(answer), reward: 1e18 }) },
  { name: "tiny", expected: "learned", lasts: true, plant: observed((value) => value * 2 ** -60) },
  { name: "constant", expected: "learned", lasts: true, plant: observed(() => 1) },
];

/** A world in which a fault strikes at a step, counted from 1 over all episodes. */
export function faultyWorld(world: Environment, kind: FaultKind, place: number): Environment {
  let steps = 0;
  return {
    observationSpace: world.observationSpace,
    actionSpace: world.actionSpace,
    reset: (options) => world.reset(options) as Start,
    step(action) {
      const answer = world.step(action) as Step;
      const since = ++steps - place;
      if (kind.name === "mutated action" && since >= 0 && typeof action === "object")
        (action as Float32Array).fill(7);
      const isStruck = kind.lasts ? since >= 0 : since === 0;
      return (isStruck ? kind.plant(answer, since) : answer) as Step;
    },
  };
}
