/** A habit travels alone: trained here, exported as a few kilobytes, and loaded where there is no agent. */
import {
  createAgent,
  createEnvironment,
  createHabit,
  exportHabit,
  recommendedOptions,
  train,
} from "generative-agent";

const environment = await createEnvironment("pendulum");
const agent = await createAgent(environment, {
  ...recommendedOptions("pendulum"),
  hidden: [32, 32],
  seed: 1,
});
for await (const _ of train(agent, environment, { steps: 1000 }));

const bytes = exportHabit(agent);
const kilobytes = (size: number) => `${(size / 1000).toFixed(1)} kB`;
console.log(`the agent, with all it remembers: ${kilobytes(agent.save().length)}`);
console.log(`its habit: ${kilobytes(bytes.length)}`);

// from here on, only `bytes` is needed
const habit = await createHabit(bytes);
let { observation } = environment.reset({ seed: 1000 });
let [sum, actions] = [0, 0];
console.log("\nheight of the pendulum's tip, every tenth step of an episode by the habit alone:");
for (let isOver = false; !isOver; actions++) {
  const step = environment.step(habit.act(observation));
  observation = step.observation;
  sum += step.reward;
  isOver = step.terminated || step.truncated;
  if (actions % 10 === 0) {
    const height = observation[0]; // cos θ
    console.log(`${height.toFixed(2).padStart(5)} ${" ".repeat(Math.round(20 * (1 + height)))}o`);
  }
}
console.log(`return ${sum.toFixed(1)} in ${actions} steps`);

const start = performance.now();
const CALLS = 100_000;
for (let i = 0; i < CALLS; i++) habit.act(observation);
console.log(`${(((performance.now() - start) * 1000) / CALLS).toFixed(2)} µs an action`);
