/**
 * What one step of training computes: per component the evaluations of networks, products and sums, and its share of the
 * processor's time, for others use the machine as well; then how even the steps are. `act` and `learn` with the defaults, after the warm-up.
 */

import type { Core } from "../../src/core/core.ts";
import { evaluations as countEvaluations, products as countProducts } from "../../src/core/meter.ts";
import { type Agent, createAgent, createEnvironment } from "../../src/index.ts";

/** Steps before the first that counts, beyond the warm-up and what waits for it, and those that count. */
const SETTLING = 30;
const STEPS = 120;
const TASKS = [
  ["pendulum", {}],
  ["cartpole", {}],
  ["pendulum-position", { model: "latent" }],
] as const;

/** Milliseconds of the processor. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Cost {
  calls: number;
  evaluations: number;
  products: number;
  /** Milliseconds. */
  time: number;
}

/** What the bench reads of the states of both minds. */
interface Inside {
  readonly core: Core;
  readonly work: { readonly imagining: { readonly plan: { readonly words: Uint32Array } } };
}

/** Arguments at which kernels are given parameters. */
const PARAMETERS: Readonly<Record<string, number>> = {
  mlpForward: 2,
  mlpBackward: 4,
  mlpPredict: 3,
  mlpPredictRow: 3,
  adam: 0,
};
const PLANNING = [
  "propose",
  "rollout",
  "weigh",
  "weighFirstActions",
  "askHabit",
  "refine",
  "labelFirstAction",
];

/** The component that a call of a kernel belongs to. */
function componentOf(agent: Agent, kernel: string, args: readonly number[]): string {
  const { work, ...state } = agent.state as unknown as Inside & { readonly model: object };
  if (kernel === "chunkBound") return "bound of chunks, and its gradient";
  if (kernel === "walk") return "walks to imagined states";
  if (["judge", "planSequentially", ...PLANNING].includes(kernel))
    return args[0] === work.imagining.plan.words.byteOffset ? "imagined plans" : "the plan that acts";
  const place = PARAMETERS[kernel];
  if (place === undefined) return "other kernels";
  for (const [name, network] of Object.entries(state.model)) {
    const parameters: unknown = network?.parameters;
    if (!(parameters instanceof Float32Array)) continue;
    const at = args[place] - parameters.byteOffset;
    if (at >= 0 && at < parameters.byteLength) return `learning: ${name}`;
  }
  return "other kernels";
}

/** Lets every call of an agent's kernels add to the cost of its component. */
function meter(agent: Agent, costs: Map<string, Cost>): void {
  const { core } = agent.state as unknown as Inside;
  const kernels = core.kernels as unknown as Record<string, (...args: number[]) => unknown>;
  const plain = { ...core, kernels: { ...core.kernels } };
  for (const [name, kernel] of Object.entries(kernels)) {
    if (typeof kernel !== "function" || name === "products" || name === "evaluations") continue;
    kernels[name] = (...args) => {
      const component = componentOf(agent, name, args);
      const cost = costs.get(component) ?? { calls: 0, evaluations: 0, products: 0, time: 0 };
      costs.set(component, cost);
      const [products, evaluations, start] = [countProducts(plain), countEvaluations(plain), now()];
      const result = kernel(...args);
      cost.time += now() - start;
      cost.calls++;
      cost.products += countProducts(plain) - products;
      cost.evaluations += countEvaluations(plain) - evaluations;
      return result;
    };
  }
}

/** A loop by hand. @returns milliseconds of steps as they are, and of as many further ones whose kernels are metered */
async function times(task: string, options: object, costs: Map<string, Cost>) {
  const world = await createEnvironment(task);
  const agent = await createAgent(world, { ...options, seed: 1 });
  const { warmup, delay } = agent.options;
  const taken = { plain: [] as number[], metered: [] as number[] };
  let { observation } = world.reset({ seed: 1 });
  for (let i = -(warmup + delay + SETTLING); i < 2 * STEPS; i++) {
    if (i === STEPS) meter(agent, costs);
    const start = now();
    const action = agent.act(observation, { explore: true });
    const acted = now() - start;
    const step = world.step(action);
    const seen = now();
    agent.learn({ ...step, observation, action, nextObservation: step.observation });
    if (i >= 0) taken[i < STEPS ? "plain" : "metered"].push(acted + now() - seen);
    observation = step.observation;
    if (!step.terminated && !step.truncated) continue;
    ({ observation } = world.reset());
    agent.reset();
  }
  return taken;
}

function row(name: string, { calls, evaluations, products, time }: Cost, total: number): string {
  const rate = products > 0 ? `${((2e-6 * products) / time).toFixed(1).padStart(6)} GFLOP/s` : "";
  const numbers = [
    (calls / STEPS).toFixed(1).padStart(8),
    Math.round(evaluations / STEPS)
      .toLocaleString("en")
      .padStart(9),
    ((2e-6 * products) / STEPS).toFixed(1).padStart(8),
    (time / STEPS).toFixed(2).padStart(8),
    `${((100 * time) / total).toFixed(0)} %`.padStart(6),
  ];
  return `  ${name.padEnd(36)} ${numbers.join(" ")} ${rate}`;
}

const quantile = (sorted: readonly number[], p: number) => sorted[Math.floor(p * (sorted.length - 1))];

for (const [task, options] of TASKS) {
  const costs = new Map<string, Cost>();
  const { plain, metered } = await times(task, options, costs);
  const total = metered.reduce((sum, time) => sum + time, 0);
  const rows = [...costs].sort(([, a], [, b]) => b.time - a.time);
  const sum = (name: keyof Cost) => rows.reduce((value, [, cost]) => value + cost[name], 0);
  console.log(`\n  ${task}, a step`.padEnd(39), "   calls  networks    MFLOP       ms  share");
  for (const [name, cost] of rows) console.log(row(name, cost, total));
  const rest = { calls: 0, evaluations: 0, products: 0, time: total - sum("time") };
  console.log(row("TypeScript between them, and timing", rest, total));
  const all = {
    calls: sum("calls"),
    evaluations: sum("evaluations"),
    products: sum("products"),
    time: total,
  };
  console.log(row("all", all, total));
  const sorted = plain.sort((a, b) => a - b);
  const [p50, p90, p99, most] = [0.5, 0.9, 0.99, 1].map((p) => quantile(sorted, p));
  const shown = [p50, p90, p99, most].map((time) => time.toFixed(1)).join(", ");
  const over = `p99 ×${(p99 / p50).toFixed(2)} and greatest ×${(most / p50).toFixed(2)} of the median`;
  console.log(`  milliseconds of a step: p50, p90, p99, greatest ${shown}; ${over}`);
}
