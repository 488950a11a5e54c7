import { createAgent, createEnvironment, train } from "../../src/index.ts";
import { fnv1a } from "./hash.ts";

/** What the scenario gives in every engine; it changes with every change of the numbers (CHANGELOG: Numbers). */
export const RECORDED = "5c4cb7110f8ed828";

/** Steps of learning, of which the first 200 warm up, and planned actions after it. */
const STEPS = 300;
const ACTIONS = 20;

/** Learns Pendulum from nothing, plans, saves. @returns the fingerprint of the actions, rewards and the saved agent */
export async function scenario(): Promise<string> {
  const environment = await createEnvironment("pendulum");
  const agent = await createAgent(environment, { seed: 1 });
  for await (const _ of train(agent, environment, { steps: STEPS }));
  agent.reset();
  let { observation } = environment.reset({ seed: 1000 });
  const trace: number[] = [];
  for (let i = 0; i < ACTIONS; i++) {
    const action = agent.act(observation);
    const step = environment.step(action);
    trace.push(...(action as Float32Array), step.reward);
    observation = step.observation;
  }
  return fnv1a(new Uint8Array(Float64Array.from(trace).buffer), agent.save());
}
