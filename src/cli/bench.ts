import type { CAC } from "cac";
import { filtered, SUITE_BYTES, suite } from "../bench/suite.ts";
import { createCore } from "../core/core.ts";
import { type Given, textOption } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { engine, processor } from "./machine.ts";

/** Adds `bench`: how fast the kernels are on this machine. */
export function addBench(cli: CAC, context: Context): void {
  cli
    .command("bench", "Time the kernels in this engine, beside the peak of its vectors")
    .usage("bench [options]")
    .option("--filter <text>", "Only work whose name contains it (default: all)")
    .option("--json", "Print one JSON object a line (default: off)")
    .action((given: Given) => runBench(given, context));
}

async function runBench(given: Given, { stdout, signal }: Context): Promise<number> {
  const cases = filtered(suite(await createCore({ bytes: SUITE_BYTES })), textOption(given, "filter"));
  // the stopwatch is loaded when it is needed
  const { createFastestPeak } = await import("../bench/peak.ts");
  const { lineOf, measureCase } = await import("../bench/measure.ts");
  const machine = { engine: engine(), cpu: processor(), build: "128-bit SIMD" };
  if (!given.json) stdout.write(`${machine.engine}; ${machine.cpu}; ${machine.build}; medians, one thread\n`);
  const peak = await createFastestPeak();
  for (const work of cases) {
    if (signal.aborted) return exitCodes.interrupted;
    const measurement = measureCase(work, peak);
    stdout.write(`${given.json ? JSON.stringify({ ...measurement, ...machine }) : lineOf(measurement)}\n`);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return exitCodes.done;
}
