import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { createAgent, discrete, evaluate, loadAgent, train } from "../../../src/index.ts";
import { workerThreads } from "../../../src/threads.ts";
import type { SynchronousEnvironment } from "../../../src/types.ts";

const MAZE = ["S.#.....", "#.#.###.", "..#.#...", ".##.#.#.", "......#G"];

/** A maze whose places are numbered; +1 at its goal, and the end. `spike` is a step whose reading is at fault. */
function maze({ inPixels = false, spike = -1, limit = 80 } = {}): SynchronousEnvironment {
  const columns = MAZE[0].length;
  let [place, steps, total] = [0, 0, 0];
  const seen = () => {
    if (!inPixels) return place;
    const [x, y] = [place % columns, Math.floor(place / columns)];
    return Float32Array.of(total === spike ? 1e9 : 32 * x + 16, 32 * y + 16, 7);
  };
  return {
    observationSpace: inPixels
      ? { kind: "box", low: [0, 0, 0], high: [1e10, 300, 7] }
      : discrete(columns * MAZE.length),
    actionSpace: discrete(4),
    reset() {
      [place, steps] = [0, 0];
      return { observation: seen() };
    },
    step(action: unknown) {
      const [x, y] = [place % columns, Math.floor(place / columns)];
      const [dx, dy] = [
        [0, -1],
        [1, 0],
        [0, 1],
        [-1, 0],
      ][action as number];
      const square = MAZE[y + dy]?.[x + dx] ?? "#";
      if (square !== "#") place = (y + dy) * columns + x + dx;
      steps++;
      total++;
      const terminated = square === "G";
      return {
        observation: seen(),
        reward: terminated ? 1 : 0,
        terminated,
        truncated: !terminated && steps === limit,
      };
    },
  } as SynchronousEnvironment;
}

async function trained(world: SynchronousEnvironment, steps: number, options = {}) {
  const agent = await createAgent(world, { seed: 1, ...options });
  for await (const _ of train(agent, world, { steps }));
  return agent;
}

const recallOf = ({ state }: { state: object }) => (state as ObservedState).recall;

for (const inPixels of [false, true])
  test(`a maze of ${inPixels ? "pixels" : "numbered places"} is solved from its only reward within 600 steps`, async () => {
    const agent = await trained(maze({ inPixels }), 600);
    assert.ok(recallOf(agent)?.counts.isInUse);
    assert.is(recallOf(agent)?.counts.surprises, 0);
    const { meanReturn } = await evaluate(agent, maze({ inPixels }), { episodes: 2 });
    assert.is(meanReturn, 1);
    agent.close();
  });

test("one odd reading does not end the recall", async () => {
  const agent = await trained(maze({ inPixels: true, spike: 250 }), 420);
  assert.ok(recallOf(agent)?.counts.isInUse);
  agent.close();
});

test("a loaded agent recalls what the saved one did, to the bit; also by threads", async () => {
  const straight = await trained(maze({ limit: 20 }), 400);
  const world = maze({ limit: 20 });
  // 200 steps are ten episodes: both begin one
  const half = await trained(world, 200);
  const loaded = await loadAgent(half.save(), { threads: workerThreads(2) });
  assert.is(recallOf(loaded)?.work.pairs.count, recallOf(half)?.work.pairs.count);
  for await (const _ of train(loaded, world, { steps: 200 }));
  assert.equal(loaded.save(), straight.save());
  for (const agent of [straight, half, loaded]) agent.close();
});

test("worlds with numbers of any value, and continuous actions, recall nothing", async () => {
  const { createEnvironment } = await import("../../../src/index.ts");
  const cart = await createEnvironment("cartpole");
  const agent = await trained(cart as SynchronousEnvironment, 320);
  assert.not(recallOf(agent)?.counts.isInUse);
  const pendulum = await createAgent(await createEnvironment("pendulum"), { seed: 1 });
  assert.is(recallOf(pendulum), undefined);
  agent.close();
  pendulum.close();
});

test.run();
