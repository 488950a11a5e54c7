/** A line between two threads, by the workers of whichever host. */

/** One end of it. */
export interface Port {
  /** Sends what can be cloned. */
  post(message: unknown): void;
  /** Calls back with each message, and with what ends the worker. */
  listen(onMessage: (message: unknown) => void, onError: (error: Error) => void): void;
  /** Lets the process end while nothing is asked for (Node). */
  rest(): void;
  /** Keeps it alive until an answer has come. */
  wake(): void;
  close(): void;
}

/** The workers of Node, Deno and Bun. */
interface NodeWorker {
  on(event: string, listener: (value: unknown) => void): void;
  postMessage(message: unknown): void;
  terminate?(): unknown;
  close?(): void;
  ref(): void;
  unref(): void;
}

interface NodeWorkers {
  readonly Worker: new (url: URL) => NodeWorker;
  readonly parentPort: NodeWorker | null;
}

/** The worker of a page, or what a worker of a page has for its own. */
interface PageWorker {
  postMessage(message: unknown): void;
  addEventListener(kind: "message" | "error", listener: (event: object) => void): void;
  terminate?(): void;
  close?(): void;
}

/** A worker that is there already, of a page or of Node. */
export type AnyWorker = PageWorker | NodeWorker;

function nodeWorkers(): NodeWorkers | undefined {
  const host = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return host.process?.getBuiltinModule?.("node:worker_threads") as NodeWorkers | undefined;
}

/** The line to a worker, or to a new one that runs the module at an address. @throws Error where the host has no workers */
export function openPort(worker: string | URL | AnyWorker): Port {
  if (typeof worker !== "string" && !(worker instanceof URL)) return portOf(worker);
  const workers = nodeWorkers();
  if (workers !== undefined) return portOf(new workers.Worker(new URL(worker)));
  if (typeof Worker !== "undefined") return portOf(new Worker(worker, { type: "module" }));
  throw new Error("worker: expected a host with workers, got none; Node has them for this from 20.16 on");
}

/** The line to the thread that began this worker. @throws Error outside of a worker */
export function ownPort(): Port {
  const parent = nodeWorkers()?.parentPort;
  const host = globalThis as unknown as PageWorker & { readonly document?: unknown };
  if (parent) return portOf(parent);
  if (host.document === undefined && typeof host.postMessage === "function") return portOf(host);
  throw new Error("serveAgent: expected to be called in a worker, got a main thread");
}

function portOf(worker: AnyWorker): Port {
  const close = () => void (worker.terminate ?? worker.close)?.call(worker);
  if ("on" in worker)
    return {
      post: (message) => worker.postMessage(message),
      listen(onMessage, onError) {
        worker.on("message", onMessage);
        worker.on("error", (error) => onError(error as Error));
        worker.on("exit", () => onError(new Error("worker: expected an answer, got its end")));
      },
      rest: () => worker.unref(),
      wake: () => worker.ref(),
      close,
    };
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.addEventListener("message", (event) => onMessage((event as MessageEvent).data));
      worker.addEventListener("error", (event) =>
        onError(new Error(`worker: expected it to run, got ${(event as ErrorEvent).message || "a refusal"}`)),
      );
    },
    rest() {},
    wake() {},
    close,
  };
}
