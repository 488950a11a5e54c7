/** The suite in workerd: `npm run bench:workerd [-- --filter <text>] [--json]`; each request runs a number of calls. */
import { parseArgs } from "node:util";
import { lineOf } from "../../src/bench/measure.ts";
import { filtered } from "../../src/bench/suite.ts";
import { processor } from "../../src/cli/machine.ts";
import { serveSuite } from "./serve.ts";
import { measurementOf, type Side, timeSides } from "./stopwatch.ts";

const { values: given } = parseArgs({
  options: { filter: { type: "string" }, json: { type: "boolean" } },
});
const SIDES: readonly Side[] = ["wasm", "peak", "plain"];
const EFFORT = { rounds: 7, requestTime: 60 };

const suite = await serveSuite();
try {
  const machine = { engine: suite.engine, cpu: processor(), build: "128-bit SIMD" };
  if (!given.json)
    console.log(`${Object.values(machine).join("; ")}; medians, one thread, timed from outside`);
  for (const { name, operations } of filtered(suite.works, given.filter)) {
    const [wasm, peak, plain] = await timeSides(suite.asker(name), SIDES, EFFORT);
    const measurement = measurementOf(name, [wasm, peak, plain], {
      own: operations,
      peak: suite.peakOperations,
    });
    console.log(given.json ? JSON.stringify({ ...measurement, ...machine }) : lineOf(measurement));
  }
} finally {
  await suite.close();
}
