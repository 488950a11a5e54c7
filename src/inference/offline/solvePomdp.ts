import { expectInteger, expectKnownNames, expectNumber } from "../../core/expect.ts";
import { hasTables, shownModel } from "../../models/model.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import { sparseOf } from "../../models/sparse/tables.ts";
import type { TabularModel } from "../../models/tabular.ts";
import { decisionModel } from "./decision.ts";
import { type BeliefGraph, beliefGraph } from "./graph.ts";
import { type PomdpSolution, solutionOf } from "./solution.ts";
import { sweepIfDue, sweepSchedule } from "./sweep.ts";
import { gapOf, runTrial } from "./trial.ts";
import { runWalk } from "./walk.ts";

/** How far a solution is. */
export interface SolveProgress {
  /** Trials and walks so far. */
  readonly iterations: number;
  /** Bounds of the value at the start. */
  readonly lower: number;
  /** Bounds of the value at the start. */
  readonly upper: number;
  /** Beliefs that were reached. */
  readonly beliefs: number;
}

/** Options of `solvePomdp`. */
export interface SolveOptions {
  /** γ in [0, 1). Default: the model's. */
  readonly discount?: number;
  /** Trials and walks at most, in turns, ≥ 0. Default 200. */
  readonly iterations?: number;
  /** Gap between the bounds at the start at which the model counts as solved, in units of reward, > 0. Default .001. */
  readonly tolerance?: number;
  /** Ends the work early: the solution is then what was found. */
  readonly signal?: AbortSignal;
  /** Called after every trial or walk. */
  readonly onIteration?: (progress: SolveProgress) => void;
}

/** Milliseconds after which other work may run. They change no bit of the solution. */
const SLICE = 20;

/**
 * Solves a model of tables offline, by bounds of the value that trials tighten where the policy leads: heuristic search value iteration
 * (Smith & Simmons 2005) over α-vectors and a sawtooth of upper bounds, in turns with walks by chance, and with sweeps over the beliefs that
 * were visited (Spaan & Vlassis 2005). What is found is a policy and a proof: its value at the start is at least `lower`, that of any
 * policy at most `upper`.
 *
 * The same model and number of iterations give the same bits. Between trials other work may run.
 *
 * @param model of {@link readPomdp}, {@link sparseModel} or `tabularModel`
 * @throws TypeError when the model is none, or an option is unknown
 * @throws RangeError when an option is outside its range, or there is no discount
 *
 * @example
 * import { tiger } from "generative-agent/problems";
 * const solution = await solvePomdp(tiger(), { discount: 0.95 });
 * solution.upper - solution.lower < 0.001; // true: 19.371
 * solution.plan([0.5, 0.5]).action; // 0: listen
 */
export async function solvePomdp(
  model: TabularModel | SparseModel,
  options: SolveOptions = {},
): Promise<PomdpSolution> {
  if (!hasTables(model))
    throw new TypeError(
      `model: expected a model of readPomdp(…), sparseModel(…) or tabularModel(…), got ${shownModel(model)}`,
    );
  expectKnownNames("options", options, ["discount", "iterations", "tolerance", "signal", "onIteration"]);
  const sparse = sparseOf(model);
  const { discount = sparse.discount, iterations = 200, tolerance = 1e-3 } = options;
  expectDiscount(discount);
  expectInteger("iterations", iterations, 0);
  expectNumber("tolerance", tolerance, Number.MIN_VALUE);
  const graph = beliefGraph(decisionModel(sparse, discount));
  const done = await runTrials(graph, { ...options, iterations, tolerance });
  return solutionOf(graph, done);
}

/** @returns trials and walks that were run */
async function runTrials(
  graph: BeliefGraph,
  { iterations, tolerance, signal, onIteration }: SolveOptions & { iterations: number; tolerance: number },
): Promise<number> {
  const schedule = sweepSchedule(graph);
  let paused = performance.now();
  for (let i = 0; i < iterations; i++) {
    if (signal?.aborted || gapOf(graph, graph.root) <= tolerance) return i;
    // in turns: where the upper bound promises most, and where chance leads
    if (i % 2 === 0) runTrial(graph, tolerance);
    else runWalk(graph, i);
    sweepIfDue(graph, schedule);
    const { best, upper } = graph.root;
    onIteration?.({ iterations: i + 1, lower: best.value, upper, beliefs: graph.counts.nodes });
    if (performance.now() - paused < SLICE) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    paused = performance.now();
  }
  return iterations;
}

function expectDiscount(discount: number | undefined): asserts discount is number {
  if (discount === undefined)
    throw new RangeError("discount: expected a number in [0, 1), got none by the model or the options");
  expectNumber("discount", discount, 0, 1);
  if (discount === 1) throw new RangeError("discount: expected a number in [0, 1), got 1");
}
