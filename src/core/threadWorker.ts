/**
 * The program of a worker (`threads.ts`): it has kernels and a memory of its own, in which everything lies at the same
 * addresses as in the core's, so a plan needs no translation. The build inlines it as `generated/threadSource.ts`.
 */
import { type Assignment, claimTile, FAILURES, GATE, type Job, OPEN, ROUND, readJob } from "./board.ts";
import { createMemory, imports } from "./core.ts";
import type { Exports } from "./generated/exports.ts";
import { TILE } from "./tiles.ts";

/** What the worker hears and answers by. */
interface Port {
  onmessage: ((event: { readonly data: Assignment }) => void) | null;
  postMessage(message: string): void;
}

/** The port of Node, Deno and Bun; a page's worker is one itself. */
const host = globalThis as unknown as Port & {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: Port } };
};
const port = host.process?.getBuiltinModule?.("node:worker_threads").parentPort ?? host;

port.onmessage = ({ data }) => {
  const claimTiles = tileWorker(data);
  port.postMessage("ready");
  // the message leaves before the thread sleeps
  setTimeout(() => serve(data.board, claimTiles), 0);
};

/** Sleeps and works, until the worker is terminated. */
function serve(board: Int32Array, claimTiles: () => void): never {
  for (;;) {
    const round = Atomics.load(board, ROUND);
    if (Atomics.add(board, GATE, 1) & OPEN) claimTiles();
    if (Atomics.sub(board, GATE, 1) === 1) Atomics.notify(board, GATE);
    Atomics.wait(board, ROUND, round);
  }
}

/** A function that simulates tiles of the job on the board until none is left. */
function tileWorker({ module, bytes, board, mirror, ranges }: Assignment): () => void {
  const memory = createMemory(bytes);
  const kernels = new WebAssembly.Instance(module, imports(memory)).exports as unknown as Exports;
  const own = new Uint8Array(memory.buffer);
  const copy = (to: Uint8Array, from: Uint8Array, address: number, size: number) =>
    to.set(from.subarray(address, address + size), address);

  const simulate = ({ plan, actions, actionBytes, scores }: Job, tile: number) => {
    copy(own, mirror, actions + tile * actionBytes, actionBytes);
    kernels.rollout(plan, tile, tile + 1);
    copy(mirror, own, actions + tile * actionBytes, actionBytes);
    copy(mirror, own, scores + tile * 4 * TILE, 4 * TILE);
  };
  return () => {
    const job = readJob(board);
    let tile = claimTile(board);
    if (tile >= job.tiles) return;
    try {
      for (const [from, to] of ranges) copy(own, mirror, from, to - from);
      for (; tile < job.tiles; tile = claimTile(board)) simulate(job, tile);
    } catch {
      Atomics.add(board, FAILURES, 1);
    }
  };
}
