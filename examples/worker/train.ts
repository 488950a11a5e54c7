/**
 * Trains what the Worker serves: a habit of 8 kB, and the entire agent for planning. Run from the root of the repository:
 *
 *   node --import tsx examples/worker/train.ts
 */
import { writeFile } from "node:fs/promises";
import { createAgent, createEnvironment, exportHabit, loadHabit, train } from "generative-agent";

const STEPS = 1500;
/** Small networks, and a short memory: what is sent to the edge is paid for by the kilobyte. */
const SIZES = { hidden: [32, 32], memory: STEPS, lessons: 2000, valueLessons: 500 };

const environment = await createEnvironment("pendulum");
const agent = await createAgent(environment, { ...SIZES, seed: 1 });
for await (const { steps, return: sum } of train(agent, environment, { steps: STEPS }))
  console.log(`${steps} steps: return ${sum.toFixed(1)}`);

const bytes = exportHabit(agent);
const habit = await loadHabit(bytes);
let total = 0;
for (let seed = 1000; seed < 1020; seed++) {
  let { observation } = environment.reset({ seed });
  for (let isOver = false; !isOver; ) {
    const step = environment.step(habit.act(observation));
    observation = step.observation;
    isOver = step.terminated || step.truncated;
    total += step.reward;
  }
}
const saved = agent.save();
await writeFile(new URL("habit.bin", import.meta.url), bytes);
await writeFile(new URL("agent.bin", import.meta.url), saved);
console.log(`habit: ${bytes.length} bytes, return ${(total / 20).toFixed(1)} over 20 episodes`);
console.log(`agent: ${saved.length} bytes`);
