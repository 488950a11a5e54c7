/** Tiles that workers simulate: the bits of one thread, whoever takes which. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Threads } from "../../src/core/board.ts";
import type { Core } from "../../src/core/core.ts";
import { type Plan, propose, rollout, setPlan } from "../../src/core/planner.ts";
import { workerThreads } from "../../src/core/threads.ts";
import { TILE, tilesFor } from "../../src/core/tiles.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { simulationOf } from "../../src/models/simulation.ts";
import { buildBelief } from "../helpers/belief.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { type Built, buildPlan, statesOf, worldOf } from "../helpers/plan.ts";
import { randomRow, randomRows } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";
import { randomNetwork } from "../reference/nn.ts";

/** A plan of so many candidates for each start, half of them by the habit, and what it writes; a small world of noise. */
function planOf(core: Core, plans: number, candidates: number, usesInformation: boolean, horizon = 4) {
  const random = mulberry32(candidates);
  const [D, A, bins] = [3, 2, 5];
  const world = worldOf(D, A, {
    ...{ plans, candidates, horizon, bins, usesInformation, particles: usesInformation ? 1 : 3 },
    ...{ usesNoise: true, usesValue: true, hasEndings: true, habitCandidates: candidates / 2 },
    models: [1, 2].map(() => randomNetwork(random, [D + A, 10, headSize(D)], "tanh")),
    habit: randomNetwork(random, [D, 9, A * bins], "silu"),
    value: randomNetwork(random, [D, 8, 1], "tanh"),
    starts: randomRows(random, plans, D),
    stepScale: randomRow(random, D, 0.1, 0.5),
  });
  return buildPlan(core, world);
}

/** Lets every plan start at `value` in all dimensions. */
function moveTo({ world, states }: Built, value: number): void {
  states.set(
    statesOf(
      world,
      world.starts.map((start) => start.map(() => value)),
    ),
  );
}

/** Everything that the core holds, for its threads: what a plan reads first among it. */
function arraysOf({ kernels }: Core) {
  return { whole: new Uint32Array(kernels.memory.buffer) };
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** The core with threads, whose own thread is held up in its first tile, and lists the tiles that it simulates. */
async function sharedCore(core: Core, count: number) {
  const own: number[] = [];
  const threads = await workerThreads(count)(core, arraysOf(core));
  const hesitate =
    (kernel: (plan: number, first: number, end: number) => void) =>
    (plan: number, first: number, end: number) => {
      if (own.length === 0) pause(300);
      own.push(first);
      kernel(plan, first, end);
    };
  const kernels = { ...core.kernels, rollout: hesitate(core.kernels.rollout) };
  return { core: { ...core, kernels, threads }, own };
}

interface Result {
  readonly plan: Plan;
  readonly scores: Float32Array;
  readonly actions: Float32Array;
}

/** What a kernel wrote, as numbers that NaN equals too; both are NaN before. */
function bitsAfter(core: Core, { plan, scores, actions }: Result, kernel: typeof rollout) {
  scores.fill(Number.NaN);
  propose(core, plan);
  kernel(core, plan);
  return [scores, actions].map((array) => [...new Uint32Array(array.slice().buffer)]);
}

const kinds = [
  ["rollout", 1, 200, false],
  ["rollout", 5, 12, false],
  ["rollout", 3, 28, true],
] as const;

for (const [name, plans, candidates, usesInformation] of kinds) {
  const tiles = tilesFor(plans * candidates);

  test(`${name} of ${tiles} tiles, one after the other in any order, is that of all at once`, () => {
    const core = debugCore(1 << 20);
    const built = planOf(core, plans, candidates, usesInformation);
    const expected = bitsAfter(core, built, rollout);
    const backwards = () => {
      for (let tile = tiles - 1; tile >= 0; tile--)
        core.kernels.rollout(built.plan.words.byteOffset, tile, tile + 1);
    };
    assert.equal(bitsAfter(core, built, backwards), expected);
  });

  for (const count of [2, 3, tiles + 2])
    test(`${name} of ${tiles} tiles by ${count} threads has the bits of one`, async () => {
      const single = debugCore(1 << 20);
      const built = planOf(single, plans, candidates, usesInformation);
      const expected = bitsAfter(single, built, rollout);
      const { core, own } = await sharedCore(single, count);
      assert.equal(bitsAfter(core, built, rollout), expected);
      assert.ok(own.length < tiles, `${own.length} of ${tiles} tiles in this thread`);
      // once more, from other starts: workers take what a plan reads anew
      moveTo(built, 0.5);
      own.length = 0;
      const moved = bitsAfter(single, built, rollout);
      assert.not.equal(moved, expected);
      assert.equal(bitsAfter(core, built, rollout), moved);
      assert.ok(own.length < tiles);
      core.threads?.close();
    });
}

test("many small plans in a row, each from other starts than the last, while workers come early and late", async () => {
  const core = debugCore(1 << 20);
  const built = planOf(core, 7, 12, false);
  const threads = (await workerThreads(4)(core, arraysOf(core))) as Threads;
  const expected = [0, 1].map((start) => {
    moveTo(built, start);
    return bitsAfter(core, built, rollout);
  });
  for (let i = 0; i < 400; i++) {
    moveTo(built, i % 2);
    // a while of about what a worker takes to wake up
    for (let spin = 0; spin < 5000 * (i % 50); spin++);
    assert.equal(bitsAfter({ ...core, threads }, built, rollout), expected[i % 2], `plan ${i}`);
  }
  threads.close();
});

test("a plan is over when the workers' last tiles are", async () => {
  const core = debugCore(1 << 22);
  const built = planOf(core, 1, 64, false, 2000);
  const [expected] = bitsAfter(core, built, rollout);
  const threads = (await workerThreads(2)(core, arraysOf(core))) as Threads;
  // this thread leaves its tiles undone, and has claimed all before a worker is through with one
  const own: number[] = [];
  const skip = (_: number, tile: number) => {
    pause(100);
    own.push(tile);
  };
  const [scores] = bitsAfter(
    { ...core, kernels: { ...core.kernels, rollout: skip }, threads },
    built,
    rollout,
  );
  assert.is(own.length, 1);
  const [theirs] = [0, 1].filter((tile) => !own.includes(tile));
  const ofTile = (bits: readonly number[]) => bits.slice(theirs * TILE, (theirs + 1) * TILE);
  assert.equal(ofTile(scores), ofTile(expected));
  threads.close();
});

test("a rollout of beliefs by 3 threads has the bits of one", async () => {
  const single = debugCore(1 << 20);
  const built = buildBelief(single, simulationOf(single, tiger()), {
    ...{ plans: 1, candidates: 100, horizon: 3, states: [[[0], [1]]], logWeights: [[0, 0]], numbers: {} },
  });
  const expected = bitsAfter(single, built, rollout);
  const { core, own } = await sharedCore(single, 3);
  assert.equal(bitsAfter(core, built, rollout), expected);
  assert.ok(own.length < 4);
  core.threads?.close();
});

test("in one thread there is nothing to share: no worker for one, and none asked of a single tile or of paths", async () => {
  const single = debugCore(1 << 20);
  assert.is(await workerThreads(1)(single, arraysOf(single)), undefined);
  const run = () => {
    throw new Error("shared");
  };
  const core = { ...single, threads: { isOpen: true, run, close() {} } };
  const one = planOf(single, 1, 32, false);
  bitsAfter(core, one, rollout);
  const two = planOf(single, 1, 36, false);
  assert.throws(() => bitsAfter(core, two, rollout), "shared");
  setPlan(single, two.plan, { keepsPaths: 1, paths: single.f32(2 * 5 * 4 * TILE) });
  bitsAfter(core, two, rollout);
  bitsAfter({ ...core, threads: { ...core.threads, isOpen: false } }, two, rollout);
});

/** An address beyond every memory. */
const NOWHERE = 0x7ffffff0;

test("an error in a worker is one here, and none of its tiles is taken for done", async () => {
  const core = debugCore(1 << 20);
  const threads = (await workerThreads(2)(core, arraysOf(core))) as Threads;
  // no plan: its model lies outside the memory
  const job = { plan: NOWHERE, tiles: 20, actions: 0, actionBytes: 16, scores: 0 };
  assert.throws(
    () => threads.run(job, () => pause(20)),
    "threads: expected every tile, got an error in a worker",
  );
  threads.close();
  assert.is(threads.isOpen, false);
});

test("an error in this thread leaves the workers fit for the next plan", async () => {
  const core = debugCore(1 << 22);
  // tiles of some 100 ms: the workers leave one for this thread
  const built = planOf(core, 1, 200, false, 1000);
  const expected = bitsAfter(core, built, rollout);
  const threads = (await workerThreads(3)(core, arraysOf(core))) as Threads;
  const kernels = {
    ...core.kernels,
    rollout() {
      pause(50);
      throw new Error("here");
    },
  };
  for (let i = 0; i < 3; i++)
    assert.throws(() => bitsAfter({ ...core, kernels, threads }, built, rollout), "here");
  assert.equal(bitsAfter({ ...core, threads }, built, rollout), expected);
  threads.close();
});

for (const [count, message] of [
  [0, "count: expected a whole number in [1, 64], got 0"],
  [65, "count: expected a whole number in [1, 64], got 65"],
  [1.5, "count: expected a whole number in [1, 64], got 1.5"],
] as const)
  test(`refuses ${count} threads`, () => {
    assert.throws(
      () => workerThreads(count),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

/** Runs `work` where a global is missing. */
function without(name: "SharedArrayBuffer" | "process", work: () => void): void {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
  try {
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true, writable: true });
    work();
  } finally {
    Object.defineProperty(globalThis, name, descriptor);
  }
}

test("names what is missing: shared memory, or workers", () => {
  without("SharedArrayBuffer", () =>
    assert.throws(
      () => workerThreads(2),
      /^threads: expected SharedArrayBuffer, got none; a page must be cross-origin isolated/,
    ),
  );
  without("process", () =>
    assert.throws(() => workerThreads(2), /^threads: expected a host with workers, got none/),
  );
});

test.run();
