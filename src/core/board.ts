/**
 * The board on which a core posts the tiles of a plan and its workers claim them: words of one shared array.
 *
 * Workers sleep on ROUND. A job is written, GATE opened, ROUND counted up; then everyone, the core's own thread too, claims
 * tiles at NEXT until none is left. GATE counts the workers inside, and holds OPEN. Who wakes up late finds it closed and
 * sleeps on, so once it was seen closed and empty, no thread reads or writes anything of the job.
 */
export const GATE = 0;
export const NEXT = 1;
export const ROUND = 2;
/** Workers that met an error. */
export const FAILURES = 3;
/** Where the job begins: the words of `JOB`. */
export const FIRST = 4;

/** Bit of GATE; below it are the workers inside. */
export const OPEN = 1 << 16;

/** Simulations of all tiles of a plan; arrays are addresses in the core's memory. */
export interface Job {
  /** The plan's record. */
  readonly plan: number;
  /** Tiles of the plan. */
  readonly tiles: number;
  /** [tiles][actionBytes]: read, and written where candidates follow the action prior. */
  readonly actions: number;
  /** Bytes of a tile's actions. */
  readonly actionBytes: number;
  /** [tiles][TILE]: written. */
  readonly scores: number;
}

/** The words of a job, in their order on the board. */
const JOB = ["plan", "tiles", "actions", "actionBytes", "scores"] as const;

/** Words of the board. */
export const BOARD_SIZE = FIRST + JOB.length;

export function postJob(board: Int32Array, job: Job): void {
  JOB.forEach((name, i) => {
    board[FIRST + i] = job[name];
  });
}

export function readJob(board: Int32Array): Job {
  return Object.fromEntries(JOB.map((name, i) => [name, board[FIRST + i]])) as unknown as Job;
}

/** The next tile that is not claimed; not below the job's `tiles` when there is none. */
export function claimTile(board: Int32Array): number {
  return Atomics.add(board, NEXT, 1);
}

/** What a worker is given once. */
export interface Assignment {
  readonly module: WebAssembly.Module;
  /** Bytes of memory that a plan needs, from address 0. */
  readonly bytes: number;
  readonly board: Int32Array;
  /** What the core's memory holds at the same addresses, as far as it is exchanged. */
  readonly mirror: Uint8Array;
  /** [from, to) of what a plan reads before it writes, but for actions. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Threads that share the tiles of a core's plans. */
export interface Threads {
  /** Whether there are workers. */
  readonly isOpen: boolean;
  /** Has every tile simulated, some by `simulate` in this thread. @throws Error when a worker met one */
  run(job: Job, simulate: (tile: number) => void): void;
  /** Stops the workers; nothing may be run any more. */
  close(): void;
}
