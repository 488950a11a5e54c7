/** Measures in a thread of its own, one case after another. */
import { pairs } from "../../bench/pairs.ts";
import { measureCase } from "../../src/bench/measure.ts";
import { createFastestPeak } from "../../src/bench/peak.ts";
import { SUITE_BYTES } from "../../src/bench/suite.ts";
import { createCore } from "../../src/core/core.ts";
import type { Order, Report } from "./protocol.ts";

/** The part of a worker's global scope that is used: its types exclude those of a page. */
interface Port {
  postMessage(report: Report): void;
  addEventListener(kind: "message", listener: (event: MessageEvent<Order>) => void): void;
}

const port = globalThis as unknown as Port;

async function follow({ relaxed, names }: Order): Promise<void> {
  const core = await createCore({ bytes: SUITE_BYTES, ...(relaxed && { module: relaxed }) });
  const all = pairs(core);
  port.postMessage({ kind: "listed", works: all.map(({ name, group }) => ({ name, group })) });
  const peak = await createFastestPeak();
  for (const { name, work, plain } of all.filter((pair) => names.includes(pair.name))) {
    port.postMessage({ kind: "began", name });
    port.postMessage({ kind: "measured", measurement: measureCase({ ...work, plain: plain() }, peak) });
  }
  if (names.length > 0) port.postMessage({ kind: "finished" });
}

port.addEventListener("message", ({ data }) => {
  follow(data).catch((error: Error) => port.postMessage({ kind: "failed", message: error.message }));
});
