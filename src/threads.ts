export type { Job, Threads } from "./core/board.ts";
export { type PlanArrays, type StartThreads, workerThreads } from "./core/threads.ts";
