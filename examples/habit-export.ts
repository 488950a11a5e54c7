/** What planning has taught, in some kilobytes: a habit that acts in microseconds, without a model or a plan. */
import { createAgent, createEnvironment, evaluate, exportHabit, loadHabit, train } from "generative-agent";

const environment = await createEnvironment("pendulum");
const agent = await createAgent(environment, { seed: 1 });
for await (const { steps, return: sum } of train(agent, environment, { steps: 1000 }))
  console.log(`after ${steps} steps of learning: return ${sum.toFixed(0)}`);

const bytes = exportHabit(agent);
const kilobytes = (length: number) => `${(length / 1024).toFixed(0)} kB`;
console.log(`\nthe agent takes ${kilobytes(agent.save().length)}, its habit ${kilobytes(bytes.length)}`);

const habit = await loadHabit(bytes);
const { meanReturn } = await evaluate(agent, environment, { episodes: 5, policy: "habit" });
console.log(`five episodes by habit: ${meanReturn.toFixed(0)} on average`);

console.log("\nan episode of the habit alone, from hanging still; the middle is upright:\n");
let { observation } = environment.setState([Math.PI, 0]);
let disagreements = 0;
for (let step = 0; step < 100; step++) {
  const angle = Math.atan2(observation[1], observation[0]);
  const place = Math.round(20 + (20 * angle) / Math.PI);
  if (step % 4 === 0)
    console.log(`${(step * 0.05).toFixed(1).padStart(5)} s  ${"·".repeat(place)}o${"·".repeat(40 - place)}`);
  const action = habit.act(observation);
  if (String(action) !== String(agent.act(observation, { policy: "habit" }))) disagreements++;
  observation = environment.step(action).observation;
}

const start = performance.now();
for (let i = 0; i < 10_000; i++) habit.act(observation);
const microseconds = (performance.now() - start) / 10;
console.log(
  `\n${disagreements} of 100 actions differ from the agent's; ${microseconds.toFixed(1)} µs an action`,
);
