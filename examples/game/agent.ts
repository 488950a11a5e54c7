/** The agent's program: a worker of its own, so that planning and learning cost the page no frame. */
import { serveAgent } from "generative-agent/worker";

serveAgent();
