export type { StartThreads } from "./core/threads.ts";
export { workerThreads } from "./core/threads.ts";
