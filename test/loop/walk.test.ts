import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete, type Environment } from "../../src/environments/environment.ts";
import { createWalk, decide } from "../../src/loop/walk.ts";

/** A world that counts its steps and ends at the third; a walker that keeps what it was asked. */
function made(answer: <Value>(value: Value) => Value | Promise<Value> = (value) => value) {
  const asked: unknown[] = [];
  let t = 0;
  const world = {
    observationSpace: box([0], [9]),
    actionSpace: discrete(2),
    reset(options: object) {
      asked.push(options);
      t = 0;
      return answer({ observation: [0] });
    },
    step: () => answer({ observation: [++t], reward: t, terminated: t === 3, truncated: false }),
  } as Environment;
  const walker = {
    reset: () => asked.push("reset"),
    act(observation: ArrayLike<number>, reward: number | undefined) {
      asked.push([observation[0], reward]);
      return 1;
    },
  };
  return { walk: createWalk(world, 1), walker, asked };
}

test("a decision begins an episode where none runs, with the seed of its number", () => {
  const { walk, walker, asked } = made();
  const seedOf = (episode: number) => 6 + episode;
  for (let i = 0; i < 4; i++) decide(walk, walker, seedOf);
  assert.equal(asked, [
    { seed: 7 },
    "reset",
    [0, undefined],
    [1, 1],
    [2, 2],
    { seed: 8 },
    "reset",
    [0, undefined],
  ]);
  const { episode, isRunning, length, decisions, return: sum } = walk.place;
  assert.equal(
    { episode, isRunning, length, decisions, sum },
    {
      ...{ episode: 2, isRunning: true, length: 1, decisions: 1, sum: 1 },
    },
  );
});

test("a world that answers later leads to the same places, later", async () => {
  const [now, later] = [made(), made((value) => Promise.resolve(value))];
  for (let i = 0; i < 4; i++) {
    const decision = decide(now.walk, now.walker, () => 5);
    const promised = decide(later.walk, later.walker, () => 5);
    assert.instance(promised, Promise);
    assert.equal(await promised, decision);
    assert.equal(later.walk.place, now.walk.place);
  }
  assert.equal(later.asked, now.asked);
});

test.run();
