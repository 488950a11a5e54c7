import {
  type Assignment,
  BOARD_SIZE,
  claimTile,
  FAILURES,
  GATE,
  type Job,
  NEXT,
  OPEN,
  postJob,
  ROUND,
  type Threads,
} from "./board.ts";
import type { Core } from "./core.ts";
import { expectInteger } from "./expect.ts";
import { source } from "./generated/threadSource.ts";
import { createHostWorker, expectWorkers } from "./hostWorker.ts";
import { TILE } from "./tiles.ts";
import { extentOf, inputRanges } from "./tree.ts";

/**
 * Starts threads beside a core, for plans over the arrays of a tree (`tree.ts`): a thread is given a copy of all but `work`.
 * None where the core's own thread is all. See {@link workerThreads}.
 */
export type StartThreads = (core: Core, plans: object) => Promise<Threads | undefined>;

/**
 * Worker threads for an agent: they and the caller's thread share the plans of `act` and the imagined ones of `learn`, tile by
 * tile of 32 candidates. Bits are the same whatever their number, and so is what is saved.
 *
 * Worth it from plans of about a millisecond on: 64 candidates × 6 steps by the default networks (1.2 ms) are ×1.6 as fast by two
 * threads on idle cores, × 2 steps (0.5 ms) ×1.2, for a quarter more of the processor's time. A plan of 32 candidates is one tile,
 * which nobody can share; then the imagined plans alone are shared, eight tiles together. `search: "smc"` of an agent with a
 * belief stays in one thread, and so does `createPlanner`.
 *
 * Threads start with each agent that is given the function, keep no process alive, and stop by `agent.close()`. In Node (20.16 or
 * later), Deno, Bun, and pages that are cross-origin isolated, whose Content-Security-Policy allows `worker-src blob:`; where a
 * page's main thread plans, it spins until the workers' last tile instead of sleeping: better plan in a worker.
 *
 * @param count threads, the caller's among them, 1 to 64; 1 starts none
 * @throws RangeError for another count; Error that names what the host lacks: shared memory, or workers
 *
 * @example
 * import { workerThreads } from "generative-agent/threads";
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { candidates: 256, seed: 1, threads: workerThreads(2) });
 * const shared = agent.act([1, 0, 0]);
 * agent.close();
 * const alone = await createAgent(environment, { candidates: 256, seed: 1 });
 * alone.act([1, 0, 0])[0] === shared[0]; // true
 */
export function workerThreads(count: number): StartThreads {
  expectInteger("count", count, 1, 64);
  expectWorkers();
  return async (core, plans) => (count === 1 ? undefined : startThreads(core, plans, count - 1));
}

async function startThreads(core: Core, plans: object, count: number): Promise<Threads> {
  const assignment = assignmentOf(core, plans);
  const workers = Array.from({ length: count }, () => createHostWorker(source));
  const stop = () => {
    for (const worker of workers.splice(0)) worker.stop();
  };
  try {
    await Promise.all(workers.map((worker) => worker.start(assignment)));
  } catch (cause) {
    stop();
    throw cause;
  }
  const share = sharer(core, assignment);
  return {
    get isOpen() {
      return workers.length > 0;
    },
    run: share,
    close: stop,
  };
}

function assignmentOf({ kernels: { memory }, module }: Core, plans: object): Assignment {
  const bytes = extentOf(plans, memory);
  return {
    ...{ module, bytes, ranges: inputRanges(plans, memory) },
    board: new Int32Array(new SharedArrayBuffer(4 * BOARD_SIZE)),
    mirror: new Uint8Array(new SharedArrayBuffer(bytes)),
  };
}

/** The function that shares a job with the workers that know the assignment. */
function sharer({ kernels: { memory } }: Core, { board, mirror, ranges }: Assignment): Threads["run"] {
  const own = new Uint8Array(memory.buffer);
  const inputs = ranges.map(([from, to]) => own.subarray(from, to));
  const mayWait = canWait(board);
  const done = new Set<number>();
  return (job, simulate) => {
    const { tiles, actions, actionBytes } = job;
    for (const input of inputs) mirror.set(input, input.byteOffset);
    copy(mirror, own, actions, tiles * actionBytes);
    done.clear();
    open(board, job);
    try {
      for (let tile = claimTile(board); tile < tiles; tile = claimTile(board)) {
        simulate(tile);
        done.add(tile);
      }
    } finally {
      close(board, mayWait);
    }
    if (board[FAILURES] > 0) throw new Error("threads: expected every tile, got an error in a worker");
    for (let tile = 0; tile < tiles; tile++) if (!done.has(tile)) collect(own, mirror, job, tile);
  };
}

/** Lets workers claim the tiles of a job. */
function open(board: Int32Array, job: Job): void {
  postJob(board, job);
  Atomics.store(board, NEXT, 0);
  Atomics.or(board, GATE, OPEN);
  Atomics.add(board, ROUND, 1);
  Atomics.notify(board, ROUND, job.tiles - 1);
}

/** Lets nobody in any more, and waits for those inside: each has one tile to finish at most. */
function close(board: Int32Array, mayWait: boolean): void {
  Atomics.and(board, GATE, ~OPEN);
  for (let inside = Atomics.load(board, GATE); inside !== 0; inside = Atomics.load(board, GATE))
    if (mayWait) Atomics.wait(board, GATE, inside);
}

/** Copies what a worker found for a tile. */
function collect(
  own: Uint8Array,
  mirror: Uint8Array,
  { actions, actionBytes, scores }: Job,
  tile: number,
): void {
  copy(own, mirror, actions + tile * actionBytes, actionBytes);
  copy(own, mirror, scores + tile * 4 * TILE, 4 * TILE);
}

function copy(to: Uint8Array, from: Uint8Array, address: number, size: number): void {
  to.set(from.subarray(address, address + size), address);
}

/** Whether this thread may sleep; the main thread of a page may not. */
function canWait(board: Int32Array): boolean {
  try {
    return Atomics.wait(board, GATE, -1, 0) === "not-equal";
  } catch {
    return false;
  }
}
