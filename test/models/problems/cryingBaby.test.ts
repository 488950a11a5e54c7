import { test } from "uvu";
import * as assert from "uvu/assert";
import { CRYING_BABY_ACTIONS, cryingBaby } from "../../../src/problems.ts";

const [feed, ignore] = CRYING_BABY_ACTIONS.keys();

test("hunger comes with .1, stays, and is fed away", () => {
  const { transition } = cryingBaby().tables;
  assert.equal(
    [transition[0][ignore], transition[1][ignore]],
    [
      [0.9, 0.1],
      [0, 1],
    ],
  );
  assert.equal(
    [transition[0][feed], transition[1][feed]],
    [
      [1, 0],
      [1, 0],
    ],
  );
});

test("a hungry baby cries with .8, another with .1; hunger costs 10, feeding 5", () => {
  const { observation, reward, initial } = cryingBaby().tables;
  for (const a of [feed, ignore]) assert.equal([observation[a][0][1], observation[a][1][1]], [0.1, 0.8]);
  assert.equal(reward, [
    [-5, 0],
    [-15, -10],
  ]);
  assert.equal(initial, [1, 0]);
});

test.run();
