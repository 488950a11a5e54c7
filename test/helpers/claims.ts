/** A thread of `board.test.ts`: waits for the others, and claims tiles at the same time as they. */
import { parentPort, workerData } from "node:worker_threads";
import { claimTile } from "../../src/core/board.ts";

const { board, here, threads, count } = workerData as {
  readonly board: Int32Array;
  /** Threads that are here. */
  readonly here: Int32Array;
  readonly threads: number;
  readonly count: number;
};
const claims = new Int32Array(count);
for (let round = 1, i = 0; i < count; round++) {
  // side by side again and again: one that is done early would leave the other alone
  Atomics.add(here, 0, 1);
  while (Atomics.load(here, 0) < threads * round);
  for (const end = Math.min(count, i + 10_000); i < end; i++) claims[i] = claimTile(board);
}
parentPort?.postMessage(claims);
