import { test } from "uvu";
import * as assert from "uvu/assert";
import { vectorEnvironment } from "../../src/environments.ts";
import { createAgent, createEnvironment } from "../../src/index.ts";
import { line } from "../helpers/line.ts";

const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: Error) => String(error),
  );

test("makes as many copies as it is told, and tells each its number", async () => {
  const asked: number[] = [];
  const { copies, autoreset } = await vectorEnvironment(
    (copy) => {
      asked.push(copy);
      return copy === 1 ? Promise.resolve(line()) : line();
    },
    3,
    { autoreset: "sameStep" },
  );
  assert.equal([asked, copies.length, autoreset], [[0, 1, 2], 3, "sameStep"]);
});

test("an agent for it has a lane for each copy, unless it is told otherwise", async () => {
  const worlds = await vectorEnvironment(() => createEnvironment("pendulum"), 3);
  const small = {
    hidden: [8],
    candidates: 8,
    horizon: 3,
    memory: 100,
    lessons: 100,
    valueLessons: 100,
  } as const;
  const lanesOf = async (given: object) =>
    ((await createAgent(worlds, { ...small, ...given })).options as { readonly lanes?: number }).lanes;
  assert.is(await lanesOf({}), 3);
  assert.is(await lanesOf({ lanes: 5 }), 5);
});

test("says what is wrong with its arguments", async () => {
  const world = line();
  assert.is(
    await messageOf(vectorEnvironment(() => world, 2)),
    "RangeError: make: expected a new environment each time, got the same one twice",
  );
  assert.is(
    await messageOf(vectorEnvironment(() => line(), 0)),
    "RangeError: n: expected a whole number in [1, 64], got 0",
  );
  const mixed = vectorEnvironment((copy) => createEnvironment(copy === 0 ? "pendulum" : "cartpole"), 2);
  assert.match(await messageOf(mixed), /observationSpace: expected/);
  assert.match(
    await messageOf(vectorEnvironment(() => line(), 2, { reset: 1 } as never)),
    "options: expected known names, got reset",
  );
});

test.run();
