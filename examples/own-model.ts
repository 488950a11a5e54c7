/** A model of your own, as tables: a machine wears out unseen, and every day one runs it, inspects it, or repairs it. */
import { createFilter, createPlanner, tabularModel } from "generative-agent";

const ACTIONS = ["run", "inspect", "repair"];
const SIGHTS = ["a good part", "a bad part"];
const same = (s: number) => [0, 1, 2].map((next) => Number(next === s));
const [sound, worn, broken] = [0, 1, 2].map(same);

const tables = {
  // from each state, by running, inspecting, repairing
  transition: [
    [[0.85, 0.15, 0], sound, sound],
    [[0, 0.75, 0.25], worn, sound],
    [broken, broken, sound],
  ],
  reward: [
    [10, -1, -15],
    [3, -1, -15],
    [-8, -1, -15],
  ],
  // what is seen in the state that the action leads to
  observation: [
    [
      [0.9, 0.1],
      [0.6, 0.4],
      [0.1, 0.9],
    ],
    [
      [0.97, 0.03],
      [0.1, 0.9],
      [0.02, 0.98],
    ],
    [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ],
  ],
  initial: sound,
};

const machine = tabularModel(tables);
const filter = await createFilter(machine, { method: "exact" });
const planner = await createPlanner(machine, {
  particles: 12,
  horizon: 5,
  candidates: 128,
  discount: 0.95,
  temperature: 0.5,
  informationWeight: 1,
  seed: 1,
});

let dice = 1;
/** One of several, by chance; the same in every run of this file. */
function roll(probabilities: readonly number[]): number {
  dice = (dice * 16807) % 2147483647;
  const u = dice / 2147483647;
  let [outcome, sum] = [0, probabilities[0]];
  while (u >= sum && outcome + 1 < probabilities.length) sum += probabilities[++outcome];
  return outcome;
}

/** The action of a day, from its number. */
type Policy = (day: number) => number;

/** Plays 30 days. @returns what was earned */
function play(policy: Policy, tell: (line: string) => void = () => {}): number {
  let [state, earned] = [roll(tables.initial), 0];
  filter.reset();
  filter.update();
  for (let day = 1; day <= 30; day++) {
    const [isSound] = filter.state.probabilities;
    const action = policy(day);
    const doubt = "█".repeat(Math.round(20 * (1 - isSound))).padEnd(20, "·");
    earned += tables.reward[state][action];
    state = roll(tables.transition[state][action]);
    const observation = roll(tables.observation[action][state]);
    filter.update({ action, observation });
    const sight = action === 2 ? "" : SIGHTS[observation];
    tell(`${`${day}`.padStart(3)}  ${doubt}  ${ACTIONS[action].padEnd(8)} ${sight.padEnd(12)} ${earned}`);
  }
  return earned;
}

const plan: Policy = () => Number(planner.plan(filter).action);

console.log("day  not sound, it thinks  action   what it sees  earned");
play(plan, console.log);

/** The mean of 15 games. */
function average(policy: Policy): string {
  dice = 7;
  let sum = 0;
  for (let game = 0; game < 15; game++) sum += play(policy);
  return (sum / 15).toFixed(0);
}
console.log(`\nthirty days earn, on average over 15 machines:`);
console.log(`${average(plan).padStart(5)}  by planning from the belief`);
console.log(`${average((day) => (day % 8 === 0 ? 2 : 0)).padStart(5)}  with a repair every eighth day`);
console.log(`${average(() => 0).padStart(5)}  without a repair`);
