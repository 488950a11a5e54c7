/** Whether a density is that of the observations which are drawn. */
import type { Batch, Model, ModelShape } from "./model.ts";
import { type KeyedTools, toStep } from "./tools.ts";

/** What the checks share. */
export interface Checking {
  readonly model: Model;
  readonly shape: ModelShape;
  readonly tools: KeyedTools;
  /** Takes down what is wrong, once for each what. */
  report(what: string, message: string): void;
}

/** An empty batch of a model. */
export function emptyBatch({ stateSize, actionSize }: ModelShape, count: number): Batch {
  return {
    count,
    states: new Float32Array(stateSize * count),
    actions: new Float32Array(actionSize * count),
    next: new Float32Array(stateSize * count).fill(Number.NaN),
    rewards: new Float32Array(count).fill(Number.NaN),
    endings: new Float32Array(count),
  };
}

/** States at which a density is looked at. */
const PLACES = 4;
/** Symbols that are summed over at most. */
const MOST_SYMBOLS = 4096;
/** Errors that are reported: larger than so many standard errors, and than this relative error. */
const [SURE, LEAST] = [5, 0.02];

/** Compares the density with draws at some of the walked states. */
export function densityProblems(checking: Checking, walked: Batch, draws: number): void {
  for (let place = 0; place < PLACES; place++) {
    const n = Math.floor(((place + 0.5) * walked.count) / PLACES);
    if (checking.shape.symbols > 0) checkSymbols(checking, repeated(checking, walked, { n, draws }), draws);
    else checkContinuous(checking, repeated(checking, walked, { n, draws }), 2000 + 10 * place);
  }
}

/** One step, as often as it is drawn from. */
function repeated(
  { shape }: Checking,
  walked: Batch,
  { n, draws }: { readonly n: number; readonly draws: number },
): Batch {
  const batch = emptyBatch(shape, draws);
  for (const name of ["states", "actions", "next"] as const)
    for (let d = 0; d < batch[name].length / draws; d++)
      batch[name].fill(walked[name][d * walked.count + n], d * draws, (d + 1) * draws);
  batch.rewards.fill(walked.rewards[n]);
  batch.endings.fill(walked.endings[n]);
  return batch;
}

/** Probabilities of all symbols sum to one, and symbols come as often as they say. */
function checkSymbols({ model, shape, tools, report }: Checking, batch: Batch, draws: number): void {
  if (shape.symbols > MOST_SYMBOLS) return;
  const observations = new Float32Array(draws);
  model.observe?.(observations, batch, toStep(tools, 2000));
  const shares = new Float64Array(shape.symbols);
  for (const symbol of observations) shares[symbol] += 1 / draws;
  const out = new Float32Array(draws);
  let total = 0;
  for (let symbol = 0; symbol < shape.symbols; symbol++) {
    model.logDensity?.(out, observations.fill(symbol), batch, tools);
    const p = tools.exp(out[0]);
    total += p;
    const error = Math.sqrt(Math.max(p * (1 - p), 1 / draws) / draws);
    if (Math.abs(shares[symbol] - p) > SURE * error)
      report(
        "logDensity",
        `expected symbol ${symbol} with the probability that observe draws it with, ${figure(shares[symbol])} of ${draws} draws, got ${figure(p)}`,
      );
  }
  if (Math.abs(total - 1) > 1e-4)
    report("logDensity", `expected probabilities that sum to 1, got ${figure(total)}`);
}

/**
 * Where q is a Gaussian about the draws, somewhat wider, the density's integral is E_q[p / q], and mean and deviation of p by weights
 * p / q are to be those of its draws. Where few of the weights count, draws of both tell by how much p is too large (Bennett 1976):
 *
 *   c = E_q[p / (p + q)] / E_p[q / (p + q)]
 */
function checkContinuous({ model, shape, tools, report }: Checking, batch: Batch, time: number): void {
  const [X, N] = [shape.observationSize, batch.count];
  const drawn = new Float32Array(X * N);
  model.observe?.(drawn, batch, toStep(tools, time));
  const rows = Array.from({ length: X }, (_, d) => momentsOf(drawn.subarray(d * N, (d + 1) * N)));
  // what never varies has no density
  if (rows.some(({ std }) => !(std > 0)) || isCounted(drawn, N)) return;
  const proposed = toStep(tools, time + 1).normal(new Float32Array(X * N));
  for (let i = 0; i < proposed.length; i++) {
    const { mean, std } = rows[Math.floor(i / N)];
    proposed[i] = mean + WIDER * std * proposed[i];
  }
  const ratio = (observations: Float32Array) => {
    const out = new Float32Array(N);
    model.logDensity?.(out, observations, batch, tools);
    return Float64Array.from(out, (value, n) => {
      let log = value;
      for (let d = 0; d < X; d++) {
        const { mean, std } = rows[d];
        const z = (observations[d * N + n] - mean) / (WIDER * std);
        log += 0.5 * z * z + tools.log(WIDER * std) + 0.9189385332046727;
      }
      return log;
    });
  };
  const [byModel, byGaussian] = [ratio(drawn), ratio(proposed)];
  const weights = byGaussian.map((log) => tools.exp(Math.min(log, 700)));
  const sum = weights.reduce((total, w) => total + w, 0);
  const effective = sum ** 2 / weights.reduce((total, w) => total + w * w, 0);
  if (!(effective > ENOUGH)) {
    const share = (log: number) => 1 / (1 + tools.exp(-log));
    const over = momentsOf(byGaussian.map(share));
    const under = momentsOf(byModel.map((log) => share(-log)));
    const c = over.mean / under.mean;
    const error = (c * Math.sqrt((over.std / over.mean) ** 2 + (under.std / under.mean) ** 2)) / Math.sqrt(N);
    if (!(Math.abs(c - 1) <= Math.max(SURE * error, LEAST)))
      report(
        "logDensity",
        `expected the density of what observe draws, got ${figure(c)} ± ${figure(error)} times it`,
      );
    return;
  }
  const error = Math.sqrt(1 / effective - 1 / N) * (sum / N);
  if (!(Math.abs(sum / N - 1) <= Math.max(SURE * error, LEAST))) {
    report("logDensity", `expected a density whose integral is 1, got ${figure(sum / N)} ± ${figure(error)}`);
    return;
  }
  rows.forEach(({ mean, std }, d) => {
    const row = proposed.subarray(d * N, (d + 1) * N);
    const weighted = (value: (x: number) => number) =>
      row.reduce((total, x, n) => total + (weights[n] / sum) * value(x), 0);
    const centre = weighted((x) => x);
    const deviation = Math.sqrt(weighted((x) => (x - centre) ** 2));
    const slack = SURE * Math.sqrt(1 / N + 1 / effective);
    if (Math.abs(centre - mean) > slack * std)
      report(
        "logDensity",
        `expected the mean of what observe draws, ${figure(mean)} in row ${d}, got ${figure(centre)}`,
      );
    else if (Math.abs(deviation / std - 1) > Math.max(slack, LEAST))
      report(
        "logDensity",
        `expected the deviation of what observe draws, ${figure(std)} in row ${d}, got ${figure(deviation)}`,
      );
  });
}

/** Draws of the Gaussian that have to count. */
const ENOUGH = 100;
/** Deviations of the Gaussian, in those of the draws. */
const WIDER = 1.2;

/** Whether draws repeat, as numbers that are counted do: then the density is a probability, and has no integral. */
function isCounted(drawn: Float32Array, N: number): boolean {
  return new Set(drawn.subarray(0, N)).size < N / 4;
}

function momentsOf(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return { mean, std: Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length) };
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
