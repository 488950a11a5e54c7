// What a user's program does, and what must come out the same everywhere: training, habit, saved bytes.
import { createAgent, createEnvironment, exportHabit, loadHabit, train } from "generative-agent";

const STEPS = 300;
const ACTIONS = 200;

/**
 * Trains on Pendulum, acts by habit, and names the bytes that came out: `{ actions, saved, return }`.
 *
 * @param host how the host runs the agent: its threads
 */
export async function run(host = {}) {
  const environment = await createEnvironment("pendulum");
  const agent = await createAgent(environment, { seed: 1, ...host });
  for await (const _ of train(agent, environment, { steps: STEPS }));
  const saved = agent.save();
  const habit = await loadHabit(exportHabit(agent));
  const actions = new Float32Array(ACTIONS);
  let sum = 0;
  let { observation } = environment.reset({ seed: 1000 });
  for (let i = 0; i < ACTIONS; i++) {
    const [torque] = agent.act(observation, { policy: "habit" });
    if (habit.act(observation)[0] !== torque) throw new Error(`the exported habit differs at step ${i}`);
    actions[i] = torque;
    const step = environment.step([torque]);
    observation = step.observation;
    sum += step.reward;
  }
  return {
    actions: await hashOf(new Uint8Array(actions.buffer)),
    saved: await hashOf(saved),
    return: sum.toFixed(1),
  };
}

/** The first twelve digits of SHA-256. */
async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
