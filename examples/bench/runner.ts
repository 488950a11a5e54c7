/** Runs of the suite, each in a worker of its own: stopping is ending it. */
import type { Order, Report } from "./protocol.ts";

export interface Runner {
  /** Ends what is under way, and begins anew. */
  send(order: Order): void;
  stop(): void;
}

export function createRunner(hear: (report: Report) => void): Runner {
  let worker: Worker | undefined;
  const stop = () => worker?.terminate();
  return {
    stop,
    send(order) {
      stop();
      worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }: MessageEvent<Report>) => hear(data));
      worker.addEventListener("error", ({ message }) =>
        hear({ kind: "failed", message: message || "the worker could not be started" }),
      );
      worker.postMessage(order);
    },
  };
}
