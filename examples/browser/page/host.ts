/** Where the agent lives: in a worker, or on the page's own thread in slices. */
import type { Command, Report } from "../protocol.ts";

export interface Host {
  readonly place: "worker" | "page";
  send(command: Command): void;
}

/**
 * @param isWanted whether a worker may be used
 * @param onReport hears what the agent's side tells
 * @param onLost   hears that the worker could not be started; the host is on the page by then and knows of no agent
 */
export function openHost(
  isWanted: boolean,
  onReport: (report: Report) => void,
  onLost: (host: Host) => void,
): Host {
  if (!isWanted || typeof Worker === "undefined") return onPage(onReport);
  try {
    const worker = new Worker(new URL("../worker.ts", import.meta.url), { type: "module" });
    let isHeard = false;
    worker.addEventListener("message", ({ data }: MessageEvent<Report>) => {
      isHeard = true;
      onReport(data);
    });
    worker.addEventListener("error", (event) => {
      if (isHeard) return onReport({ kind: "failed", message: event.message || "the worker stopped" });
      event.preventDefault();
      worker.terminate();
      onLost(onPage(onReport));
    });
    return { place: "worker", send: (command) => worker.postMessage(command) };
  } catch {
    return onPage(onReport);
  }
}

function onPage(onReport: (report: Report) => void): Host {
  // loaded where it is needed: most pages leave the library to the worker
  const session = import("../session/session.ts").then(({ createSession }) => createSession(onReport));
  return { place: "page", send: (command) => void session.then(({ handle }) => handle(command)) };
}
