/** Turns of the event loop: long work gives way to timers, signals and pages, by elapsed time, whatever a step takes. */

/** Milliseconds of work between two turns: half a frame of a screen. */
const SLICE = 8;

/** When the running turn began, as far as it is known; no result depends on it. */
let began = 0;

/** Lets other work of the event loop happen, where the last time lies 8 milliseconds back; else undefined. */
export function turnWhenDue(): Promise<void> | undefined {
  return performance.now() - began < SLICE ? undefined : nextTurn();
}

/** Lets other work of the event loop happen. */
export async function nextTurn(): Promise<void> {
  await new Promise<void>(later);
  began = performance.now();
}

/** What hosts offer that is quicker than a timer, which browsers hold back for four milliseconds. */
interface Host {
  readonly setImmediate?: (call: () => void) => unknown;
  readonly document?: unknown;
  readonly WorkerGlobalScope?: unknown;
}

function later(resolve: () => void): void {
  const { setImmediate, document, WorkerGlobalScope } = globalThis as Host;
  if (setImmediate !== undefined) setImmediate(resolve);
  else if (document !== undefined || WorkerGlobalScope !== undefined) post(resolve);
  else setTimeout(resolve, 0);
}

/** A message of one's own is a task of its own. */
function post(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
}
