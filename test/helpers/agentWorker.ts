/** The whole program of a worker with an agent. */
import { serveAgent } from "../../src/worker.ts";

serveAgent();
