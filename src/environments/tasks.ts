/**
 * What is to be done in each built-in environment, and for which reward: one line under its task name. For lists of worlds;
 * apart from the worlds, so that a page that makes one carries no sentences.
 */
export const tasks: Readonly<Record<string, string>> = {
  pendulum: "swing a pendulum up by a weak torque and hold it: minus angle², speed² and torque²",
  "mountain-car-continuous":
    "rock a weak car out of a valley by a force: 100 at the top, minus a tenth of force² per step",
  cartpole: "keep a pole upright by pushing its cart left or right: 1 per step",
  "mountain-car": "rock a weak car out of a valley, three pushes to choose from: −1 per step",
  acrobot: "swing the tip of two hanging links above a line by the middle joint: −1 per step",
  "cartpole-swingup": "swing a pole up by pushing its cart and hold it in the middle: minus a cost in [0, 1)",
  "pendulum-position": "swing a pendulum up, its angle seen and its speed hidden: the reward of Pendulum-v1",
  "pendulum-velocity": "swing a pendulum up, its speed seen and its angle hidden: the reward of Pendulum-v1",
  "cartpole-position": "keep a pole upright, the velocities of cart and pole hidden: 1 per step",
  "mountain-car-continuous-position":
    "rock a weak car out of a valley, its speed hidden: the reward of MountainCarContinuous-v0",
  "pendulum-distractors":
    "swing a pendulum up, its speed hidden and its angle seen beside eight dimensions of noise",
  "t-maze": "look at a cue or not, then turn left or right: 1 in the arm with the reward, −1 in the other",
  umbrella: "take an umbrella or not at the first step, for the weather of the last: 1 or −1, after noise",
  "car-flag":
    "drive to the good one of two flags, which a priest on the way knows: −1 per step, −5 at the bad",
  "light-dark": "stop near 0 on a line that is well lit at 5 only: 10 within 1 of it, −10 elsewhere",
};
