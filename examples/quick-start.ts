import { createAgent, createEnvironment, evaluate, train } from "generative-agent";

const environment = await createEnvironment("pendulum");
const agent = await createAgent(environment, { seed: 1 });

for await (const episode of train(agent, environment, { steps: 1000 }))
  console.log(`${episode.steps} steps: return ${episode.return.toFixed(1)}`);

const plan = await evaluate(agent, environment);
const habit = await evaluate(agent, environment, { policy: "habit" });
console.log(`planning: ${plan.meanReturn.toFixed(1)}, ${plan.microsecondsPerAction.toFixed(0)} µs an action`);
console.log(
  `habit:    ${habit.meanReturn.toFixed(1)}, ${habit.microsecondsPerAction.toFixed(1)} µs an action`,
);
