/** Two actions, left and right: the agent learns to keep a pole upright; at the end it is asked what it does. */
import { createAgent, createEnvironment, evaluate, train } from "generative-agent";

const environment = await createEnvironment("cartpole");
const agent = await createAgent(environment, { seed: 1 });

const before = await evaluate(agent, environment, { episodes: 5 });
console.log(`before: the pole stands for ${before.meanReturn.toFixed(0)} steps`);

let longest = 0;
for await (const { steps, length } of train(agent, environment, { steps: 1000 })) {
  if (length <= longest) continue;
  longest = length;
  console.log(`after ${steps} steps of experience: ${length}`);
}

const after = await evaluate(agent, environment, { episodes: 5 });
console.log(`after: it stands for ${after.meanReturn.toFixed(0)} of at most 500 steps`);

const leaning = [0, 0, 0.1, 0.5];
agent.reset();
console.log(`a pole that falls to the right is pushed ${agent.act(leaning) === 1 ? "right" : "left"}`);
