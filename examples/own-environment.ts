/** Any object with two spaces, `reset` and `step` can be learned: here, a room that answers slowly to its heater. */
import {
  type Box,
  box,
  checkEnvironment,
  createAgent,
  type Environment,
  evaluate,
  train,
} from "generative-agent";

const WANTED = 20;
const OUTSIDE = 5;

function createRoom(): Environment<Box, number[]> {
  let [air, heater, minutes, days] = [0, 0, 0, 0];
  const observation = () => [air - WANTED, heater - WANTED];
  return {
    observationSpace: box([-40, -40], [80, 80]),
    actionSpace: box([0], [1]),
    reset({ seed = days + 1 } = {}) {
      [air, heater, minutes, days] = [8 + ((seed * 7) % 10), 15, 0, seed];
      return { observation: observation() };
    },
    step([power]) {
      heater += 0.2 * (15 + 60 * power - heater);
      air += 0.1 * (heater - air) + 0.05 * (OUTSIDE - air);
      minutes++;
      const reward = -Math.abs(air - WANTED);
      return { observation: observation(), reward, terminated: false, truncated: minutes >= 60 };
    },
  };
}

const room = createRoom();
const problems = await checkEnvironment(room);
console.log(problems.length > 0 ? problems.join("\n") : "the room is a sound environment");

const agent = await createAgent(room, { seed: 1 });
for await (const { episode, return: comfort } of train(agent, room, { steps: 1200 }))
  console.log(`day ${episode}: ${comfort.toFixed(1)}`);

const { meanReturn } = await evaluate(agent, room);
console.log(`ten days with what was learned: ${meanReturn.toFixed(1)} on average`);

let { observation: now } = await room.reset({ seed: 3 });
agent.reset();
for (let minute = 0; minute < 30; minute++) {
  const action = agent.act(now);
  ({ observation: now } = await room.step(action));
  if (minute % 5 === 0) console.log(`minute ${minute}: ${(WANTED + now[0]).toFixed(1)} degrees`);
}
