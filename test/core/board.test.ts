/** The board between threads, moved by hand: who may enter, and that no two claim the same tile. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Assignment,
  BOARD_SIZE,
  FAILURES,
  GATE,
  NEXT,
  OPEN,
  postJob,
  ROUND,
} from "../../src/core/board.ts";
import { source } from "../../src/core/generated/threadSource.ts";
import { createHostWorker } from "../../src/core/hostWorker.ts";
import { debugCore } from "../helpers/debugCore.ts";

const TILES = 1000;

const sharedWords = (size: number) => new Int32Array(new SharedArrayBuffer(4 * size));
const pause = (milliseconds: number) => Atomics.wait(sharedWords(1), 0, 0, milliseconds);

/** A worker that sleeps at the board, on which a job lies whose kernel fails at once. */
async function asleep() {
  const { module } = debugCore(1 << 16);
  const board = sharedWords(BOARD_SIZE);
  const mirror = new Uint8Array(new SharedArrayBuffer(64));
  const assignment: Assignment = { module, bytes: 64, board, mirror, ranges: [] };
  const worker = createHostWorker(source);
  await worker.start(assignment);
  postJob(board, { plan: 0x7ffffff0, tiles: TILES, actions: 0, actionBytes: 0, scores: 0 });
  // it has looked at the gate once, and left it
  wake(board);
  wake(board);
  Atomics.store(board, NEXT, 0);
  return { worker, board };
}

/** Wakes the worker, once it sleeps. */
function wake(board: Int32Array): void {
  let woken = 0;
  for (let tries = 0; tries < 1000 && woken === 0; tries++) {
    pause(5);
    woken = Atomics.notify(board, ROUND);
  }
  assert.is(woken, 1, "sleeps");
}

test("a worker that wakes at a closed gate touches nothing, and sleeps again", async () => {
  const { worker, board } = await asleep();
  for (let round = 0; round < 5; round++) {
    wake(board);
    pause(50);
    assert.is(Atomics.load(board, NEXT), 0);
    assert.is(Atomics.load(board, GATE), 0);
  }
  worker.stop();
});

test("at an open one it claims a tile and, having met an error, leaves", async () => {
  const { worker, board } = await asleep();
  Atomics.or(board, GATE, OPEN);
  wake(board);
  for (let tries = 0; tries < 1000 && Atomics.load(board, NEXT) === 0; tries++) pause(5);
  pause(50);
  const claimed = Atomics.load(board, NEXT);
  assert.ok(claimed > 0);
  assert.is(Atomics.load(board, FAILURES), claimed, "one tile each time");
  assert.is(Atomics.load(board, GATE), OPEN, "nobody inside");
  worker.stop();
});

test("threads that claim at once get every tile once", async () => {
  const [threads, count] = [2, 1_000_000];
  const board = sharedWords(BOARD_SIZE);
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL("../helpers/claims.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    write: false,
  });
  const options = { eval: true, workerData: { board, here: sharedWords(1), threads, count } };
  const claims = Array.from({ length: threads }, () =>
    once(new Worker(outputFiles[0].text, options), "message"),
  );
  const times = new Uint8Array(threads * count);
  for (const [tiles] of await Promise.all(claims)) for (const tile of tiles) times[tile]++;
  assert.ok(times.every((each) => each === 1));
});

test.run();
