export { createWorkerAgent, type WorkerAgent, type WorkerAgentOptions } from "./agent/remote/client.ts";
export { serveAgent } from "./agent/remote/serve.ts";
export type { AnyWorker } from "./core/port.ts";
