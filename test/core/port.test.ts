import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPort } from "../../src/core/port.ts";

/** A worker as pages have them, which echoes. */
function echo() {
  const listeners = new Map<string, (event: unknown) => void>();
  const log: string[] = [];
  return {
    log,
    fail: (message: string) => listeners.get("error")?.({ message }),
    addEventListener: (kind: string, listener: (event: never) => void) =>
      void listeners.set(kind, listener as never),
    postMessage: (data: unknown) => listeners.get("message")?.({ data }),
    terminate: () => void log.push("terminated"),
  };
}

test("a page's worker is talked to by events", () => {
  const worker = echo();
  const port = openPort(worker as never);
  const heard: unknown[] = [];
  port.listen(
    (message) => heard.push(message),
    ({ message }) => heard.push(message),
  );
  port.wake();
  port.post({ id: 1 });
  port.rest();
  worker.fail("blocked");
  port.close();
  assert.equal(heard, [{ id: 1 }, "worker: expected it to run, got blocked"]);
  assert.equal(worker.log, ["terminated"]);
});

test.run();
