/**
 * Could an agent find out by itself whether observations hide a part of the state? The first steps of every world, by chance,
 * are predicted one step ahead from the observation and the action, and from the step before as well. A world whose past
 * tells more than its present is called hidden.
 *
 *   node --import tsx studies/evidence/run.ts [seeds] [steps]
 */
import { createCore } from "../../src/core/core.ts";
import { createRandom } from "../../src/core/random.ts";
import { type Action, createAgent, createEnvironment, environments, type Space } from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { worlds } from "../worlds/index.ts";
import { environmentOf } from "../worlds/world.ts";
import { compare, logDensities } from "./regression.ts";

/** Nats a step that the past has to tell, and standard errors that they have to be of. */
const [LEAST_GAIN, LEAST_ERRORS] = [0.15, 3];

interface Tried {
  readonly name: string;
  readonly isPartial: boolean;
  make(): Promise<SynchronousEnvironment>;
}

const tried: readonly Tried[] = [
  ...worlds.map((world) => ({
    name: world.name,
    isPartial: world.isPartial === true,
    make: async () => (await environmentOf(world)) as SynchronousEnvironment,
  })),
  ...environments
    .filter(({ name }) => !worlds.some((world) => world.name === name))
    .map(({ name, isPartial }) => ({ name, isPartial, make: () => createEnvironment(name) })),
];

/** Rows of the first steps: what is seen, what was seen and done before, and what follows. */
async function live(world: SynchronousEnvironment, seed: number, steps: number) {
  const agent = await createAgent(world, { seed, warmup: 1e6, memory: 64 });
  const rows: { now: number[]; past: number[]; next: number[] }[] = [];
  let { observation } = world.reset({ seed });
  let before: { x: number[]; a: number[]; reward: number } | undefined;
  for (let t = 0; t < steps; t++) {
    const action = agent.act(observation, { explore: true });
    const step = world.step(action);
    const x = Array.from(observation as ArrayLike<number>);
    const a = codeOf(world.actionSpace, action);
    rows.push({
      now: [...x, ...a],
      past: before
        ? [...before.x.map((value, d) => x[d] - value), ...before.a, before.reward, 0]
        : [...x.map(() => 0), ...a.map(() => 0), 0, 1],
      next: [
        ...Array.from(step.observation as ArrayLike<number>, (value, d) => value - x[d]),
        step.reward,
        Number(step.terminated),
      ],
    });
    agent.remember({ ...step, observation, action, nextObservation: step.observation });
    before = { x, a, reward: step.reward };
    observation = step.observation;
    if (!step.terminated && !step.truncated) continue;
    ({ observation } = world.reset());
    agent.reset();
    before = undefined;
  }
  return rows;
}

function codeOf(space: Space, action: Action): number[] {
  if (space.kind === "discrete") return Array.from({ length: space.n }, (_, k) => Number(k === action));
  return Array.from(action as ArrayLike<number>);
}

const [seeds = 3, steps = 300] = process.argv.slice(2).map(Number);
const core = await createCore({ bytes: 4096 });
let right = 0;
for (const { name, isPartial, make } of tried) {
  const found: string[] = [];
  let ownRight = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const rows = await live(await make(), seed, steps);
    const targets = rows.map(({ next }) => next);
    const densitiesOf = (inputs: number[][]) => logDensities(inputs, targets, createRandom(core, seed));
    const { mean, errors } = compare(
      densitiesOf(rows.map(({ now }) => now)),
      densitiesOf(rows.map(({ now, past }) => [...now, ...past])),
    );
    found.push(`${mean.toFixed(2)} (${errors.toFixed(1)})`);
    ownRight += Number((mean > LEAST_GAIN && errors > LEAST_ERRORS) === isPartial);
  }
  right += ownRight;
  console.log(
    `${name.padEnd(34)} ${isPartial ? "hidden" : "seen  "} ${ownRight} of ${seeds}: ${found.join(", ")}`,
  );
}
console.log(`right: ${right} of ${seeds * tried.length}`);
