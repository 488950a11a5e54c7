/** What both families of belief planners make of a task, with the standard error of the estimate. */
import * as assert from "uvu/assert";
import type { Core } from "../../src/core/core.ts";
import type { PlanValues } from "../../src/core/generated/records.ts";
import {
  labelFirstAction,
  planSequentially,
  propose,
  refine,
  rollout,
  setPlan,
  weigh,
} from "../../src/core/planner.ts";
import type { Simulation } from "../../src/models/simulation.ts";
import { average, type Rows, sum } from "../reference/arrays.ts";
import { type BuiltBelief, buildBelief, certain, laneActions } from "./belief.ts";

export type Family = "iterated" | "smc";

export interface Task {
  readonly known: Simulation;
  readonly state: readonly number[];
  /** The particles, where they are not all at `state`. */
  readonly states?: Rows;
  readonly particles: number;
  readonly candidates: number;
  readonly horizon: number;
  readonly numbers: Partial<PlanValues>;
  /** Standard deviation of the proposals of u. */
  readonly std?: number;
}

/** Runs a family `rounds` times; hands on what each round leaves. */
export function solve(
  core: Core,
  family: Family,
  task: Task,
  rounds: number,
  read: (built: BuiltBelief, round: number) => void,
) {
  core.scope(() => {
    const { known, state, states, particles, candidates, horizon, numbers, std = 1 } = task;
    const isSequential = family === "smc";
    const all = { usesInformation: 0, priorWeight: 1, priorStd: std, ...numbers };
    const belief = { ...certain(state, particles), ...(states && { states: [states] }) };
    const problem = { ...belief, candidates, horizon, numbers: all };
    const built = buildBelief(core, known, problem, isSequential);
    built.std.fill(std);
    for (let round = 0; round < rounds; round++) {
      setPlan(core, built.plan, { step: round });
      if (isSequential) {
        planSequentially(core, built.plan);
      } else {
        propose(core, built.plan);
        rollout(core, built.plan);
        weigh(core, built.plan);
      }
      labelFirstAction(core, built.plan);
      read(built, round);
      // the iterated family goes on from what it found
      if (!isSequential) refine(core, built.plan);
    }
  });
}

/** Σ w f and √ Σ w² (f − mean)², the standard error of self-normalised importance sampling. */
function estimate({ weights, problem }: BuiltBelief, f: (lane: number) => number) {
  const w = [...weights.subarray(0, problem.candidates)];
  const values = w.map((_, lane) => f(lane));
  const mean = sum(values.map((value, n) => w[n] * value));
  return { mean, error: Math.sqrt(sum(values.map((value, n) => (w[n] * (value - mean)) ** 2))) };
}

/** Mean and standard error of independent estimates. */
function together(values: readonly number[]) {
  const mean = average(values);
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** What a family makes of a function of the first action: the last of three iterations, or sixteen runs. */
export function posteriorMean(core: Core, family: Family, task: Task, f: (action: number[]) => number) {
  if (family === "iterated") {
    let result = { mean: Number.NaN, error: Number.NaN };
    solve(core, family, task, 3, (built) => {
      result = estimate(built, (lane) => f(laneActions(built, lane)[0]));
    });
    return result;
  }
  const runs: number[] = [];
  solve(core, family, { ...task, candidates: task.candidates / 16 }, 16, (built) => {
    runs.push(estimate(built, (lane) => f(laneActions(built, lane)[0])).mean);
  });
  return together(runs);
}

/** The estimate within 4σ of `expected` and a bias; the error small enough to tell something. */
export function expectNear(
  actual: { mean: number; error: number },
  expected: number,
  bias: number,
  resolution: number,
) {
  const tolerance = 4 * actual.error + bias;
  assert.ok(tolerance < resolution, `tolerance ${tolerance}`);
  assert.ok(Math.abs(actual.mean - expected) < tolerance, `${actual.mean}, ${expected} ± ${tolerance}`);
}
