/**
 * What the plan and the forward pass would take if their products ran at the machine's peak and every function at the
 * speed of its kernel over an array in the first cache; and what share of their time that is.
 */
import { functionCases } from "../../src/bench/cases/elementwise.ts";
import { forwardCases } from "../../src/bench/cases/networks.ts";
import { planCases } from "../../src/bench/cases/planner.ts";
import { randomCases } from "../../src/bench/cases/random.ts";
import { interleave } from "../../src/bench/interleave.ts";
import { createFastestPeak } from "../../src/bench/peak.ts";
import { createCore } from "../../src/core/core.ts";

const core = await createCore({ bytes: 1 << 23 });
const peak = await createFastestPeak();

/** The functions' kernels, over 4,096 numbers. */
const N = 4096;
const kernels = [...functionCases(core), ...randomCases(core)].filter(({ sizes }) => sizes[1] === N);
const kernelOf = (wanted: string) => {
  const found = kernels.find(({ sizes: [name] }) => name === wanted);
  if (found === undefined) throw new Error(`expected a kernel ${wanted}, got none`);
  return found;
};

/** Times work and its parts in turns, and prints what each part comes to. */
function compareWithParts(
  { name, operations = 0, run }: { readonly name: string; readonly operations?: number; run(): unknown },
  values: Readonly<Record<string, number>>,
): void {
  const effort = { rounds: 7, roundTime: 25 };
  const functions = Object.keys(values);
  const works = [run, peak.run, ...functions.map((wanted) => kernelOf(wanted).run)];
  const [{ p50 }, products, ...others] = interleave(works, effort);
  const parts = [
    ["products", (products.ratio * operations) / peak.operations] as const,
    ...others.map(({ ratio }, i) => [functions[i], (ratio * values[functions[i]]) / N] as const),
  ];
  const total = parts.reduce((sum, [, share]) => sum + share, 0);
  const columns = parts.map(([part, share]) => `${part} ${(100 * share).toFixed(1)} %`);
  console.log(
    `  ${name}\n    ${p50.toPrecision(3)} µs, of which ${columns.join(", ")}: ${(100 * total).toFixed(0)} %`,
  );
}

const [plan] = planCases(core);
const { D, A, width, candidates, horizon } = plan.sizes;
const steps = 5 * candidates * horizon;
compareWithParts(plan, {
  tanh: steps * (2 * width + A),
  // log s² and s of every dimension, and the draw that s stretches
  sigmoid: steps * D,
  exp: steps * D,
  normal: steps * D + candidates * horizon * A,
});
const forward = forwardCases(core).find(({ sizes }) => sizes === 1024);
if (forward !== undefined) compareWithParts(forward, { tanh: 1024 * 256 });
