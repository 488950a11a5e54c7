/**
 * What it costs that worlds may answer later: steps of a run in a world that answers at once, and in one that promises, against the
 * same decisions in a loop by hand that never waits. By the habit alone, where a step is short, and with learning. The processor's time, for
 * others use the machine as well.
 */
import {
  type Agent,
  createAgent,
  createEnvironment,
  type Environment,
  type Run,
  train,
} from "../../src/index.ts";

const ROUNDS = 25;
const SMALL = {
  members: 3,
  hidden: [16, 16],
  horizon: 6,
  candidates: 16,
  iterations: 1,
  updates: 1,
  imagination: 0,
};
const OPTIONS = {
  ...SMALL,
  warmup: 20,
  warmupUpdates: 10,
  memory: 1000,
  lessons: 200,
  valueLessons: 200,
  seed: 1,
};
type Policy = "plan" | "habit";
/** Steps of a variant in a round. */
const STEPS: Readonly<Record<Policy, number>> = { habit: 8000, plan: 200 };

type World = Awaited<ReturnType<typeof createEnvironment>>;

/** A loop without promises, which tells what a run tells. */
function byHand(agent: Agent, world: World, policy: Policy): () => unknown {
  let observation: ArrayLike<number> | undefined;
  let reward: number | undefined;
  return () => {
    if (observation === undefined) {
      ({ observation } = world.reset());
      reward = undefined;
      agent.reset();
    }
    const action = agent.act(observation, { policy, explore: policy === "plan", reward });
    const step = world.step(action);
    const transition = { ...step, observation, action, nextObservation: step.observation };
    if (policy === "plan") agent.learn(transition);
    reward = step.reward;
    observation = step.terminated || step.truncated ? undefined : step.observation;
    return transition;
  };
}

async function stepRun(run: Run, policy: Policy): Promise<void> {
  for (let i = 0; i < STEPS[policy]; i++) await run.step({ policy });
}

/** Microseconds of the processor that a step takes. */
async function timeOf(work: () => Promise<void>, policy: Policy): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / STEPS[policy];
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const world = () => createEnvironment("pendulum");
const agent = async () => createAgent(await world(), OPTIONS);
const begun = (own: Agent, environment: Environment) => train(own, environment, { steps: 1e9 });
const promised = (prompt: World): Environment => ({
  ...prompt,
  reset: async (options) => prompt.reset(options),
  step: async (action) => prompt.step(action),
});

for (const policy of ["habit", "plan"] as const) {
  const step = byHand(await agent(), await world(), policy);
  const [prompt, late] = [begun(await agent(), await world()), begun(await agent(), promised(await world()))];
  const variants: Readonly<Record<string, () => Promise<void>>> = {
    "by hand": async () => {
      for (let i = 0; i < STEPS[policy]; i++) step();
    },
    "run, at once": () => stepRun(prompt, policy),
    "run, promised": () => stepRun(late, policy),
  };
  const times = Object.keys(variants).map(() => [] as number[]);
  for (let round = -2; round < ROUNDS; round++)
    for (const [v, work] of Object.values(variants).entries()) {
      const time = await timeOf(work, policy);
      if (round >= 0) times[v].push(time);
    }
  const columns = Object.keys(variants).map((name, v) => {
    const ratio = median(times[v].map((time, round) => time / times[0][round]));
    return `${name} ${median(times[v]).toPrecision(3)} µs ×${ratio.toFixed(3)}`;
  });
  console.log(`  ${(policy === "plan" ? "with learning" : "by habit").padEnd(16)} ${columns.join("   ")}`);
}
