export type { Job, Threads } from "./core/board.ts";
export { type StartThreads, workerThreads } from "./core/threads.ts";
