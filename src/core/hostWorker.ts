/** A worker, whichever kind the host has. */
export interface HostWorker {
  /** Sends the only message, and waits for the only answer. @throws Error when the worker does not start */
  start(message: unknown): Promise<void>;
  stop(): void;
}

/** The worker of Node, Deno and Bun: an emitter of events that may leave the process to end. */
interface NodeWorker {
  on(event: "message" | "error", listener: (value: unknown) => void): void;
  postMessage(message: unknown): void;
  terminate(): Promise<number>;
  unref(): void;
}

interface NodeWorkers {
  readonly Worker: new (
    source: string,
    options: { readonly eval: true; readonly execArgv: readonly string[] },
  ) => NodeWorker;
}

/** The workers of Node, Deno and Bun; a bundler for pages finds no import to resolve here. */
function nodeWorkers(): NodeWorkers | undefined {
  const host = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return host.process?.getBuiltinModule?.("node:worker_threads") as NodeWorkers | undefined;
}

/**
 * A worker that runs a script; it keeps no process alive once it has answered.
 *
 * @throws Error when the host has no workers
 */
export function createHostWorker(source: string): HostWorker {
  const workers = nodeWorkers();
  if (workers !== undefined) return nodeWorker(new workers.Worker(source, { eval: true, execArgv: [] }));
  return pageWorker(source);
}

/** @throws Error that names what threads lack here */
export function expectWorkers(): void {
  if (typeof SharedArrayBuffer === "undefined")
    throw new Error(
      "threads: expected SharedArrayBuffer, got none; a page must be cross-origin isolated: served with " +
        "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
    );
  if (nodeWorkers() === undefined && typeof Worker === "undefined")
    throw new Error("threads: expected a host with workers, got none; Node has them for this from 20.16 on");
}

function nodeWorker(worker: NodeWorker): HostWorker {
  return {
    start: (message) =>
      new Promise((resolve, reject) => {
        worker.on("error", reject);
        worker.on("message", () => {
          worker.unref();
          resolve();
        });
        worker.postMessage(message);
      }),
    stop: () => void worker.terminate(),
  };
}

function pageWorker(source: string): HostWorker {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address);
  return {
    start: (message) =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = () => resolve();
        worker.onerror = ({ message: reason }) =>
          reject(
            new Error(
              `threads: expected a worker to start, got ${reason || "a refusal"}; ` +
                "the page's Content-Security-Policy must allow `worker-src blob:`",
            ),
          );
        worker.postMessage(message);
      }).finally(() => URL.revokeObjectURL(address)),
    stop: () => worker.terminate(),
  };
}
