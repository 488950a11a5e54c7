/** The agent's side, in a worker of its own. */
import type { Command, Report } from "./protocol.ts";
import { createSession } from "./session/session.ts";

/** The part of a worker's global scope that is used: its types exclude those of a page. */
interface Port {
  postMessage(report: Report): void;
  addEventListener(kind: "message", listener: (event: MessageEvent<Command>) => void): void;
}

const port = globalThis as unknown as Port;
const session = createSession((report) => port.postMessage(report));
port.addEventListener("message", ({ data }) => session.handle(data));
