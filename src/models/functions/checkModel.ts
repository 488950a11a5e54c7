/** Tells the author of a model in functions what is wrong with it. */
import { createCore } from "../../core/core.ts";
import { expectInteger } from "../../core/expect.ts";
import { type Checking, densityProblems, emptyBatch } from "./checkDensity.ts";
import { type Batch, type Model, type ModelShape, shapeOf } from "./model.ts";
import { createTools, toStep } from "./tools.ts";

/** Options of {@link checkModel}. */
export interface CheckModelOptions {
  /** States that are drawn, a multiple of 4. Default 64. */
  readonly states?: number;
  /** Observations that are drawn at each of some states, a multiple of 4. Default 4096. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Tells the author of a model in functions what is wrong with it, one sentence each: sizes and spaces; values that are not written, or
 * not finite; endings that are no probabilities; observations beside their space; functions that change what they read, answer
 * otherwise to the same draws, keep an array, or let steps of one batch depend on each other; densities that do not integrate to 1, or are
 * not those that observations are drawn from, with the figures.
 *
 * Episodes are walked by random actions; densities are compared with draws at some of their states. Continuous densities are weighed
 * against a Gaussian about the draws, so that a fault below 2 % or five standard errors is not found.
 *
 * @returns the problems; an empty array when the model is fine
 * @throws RangeError when an option is out of its range
 *
 * @example
 * import { lightDarkLine } from "generative-agent/problems";
 * await checkModel(lightDarkLine()); // []
 */
export async function checkModel(
  model: Model,
  { states = 64, draws = 4096, seed = 0 }: CheckModelOptions = {},
): Promise<readonly string[]> {
  expectInteger("states", states, 4, 1 << 16);
  expectInteger("draws", draws, 64, 1 << 20);
  expectInteger("seed", seed, 0);
  const problems = new Map<string, string>();
  const report = (what: string, message: string) => {
    if (!problems.has(what)) problems.set(what, `${what}: ${message}`);
  };
  let shape: ModelShape;
  try {
    shape = shapeOf(model);
  } catch (error) {
    return [(error as Error).message];
  }
  const core = await createCore();
  const checking = { model, shape, report, tools: createTools(core, { seed, stream: 1 }) };
  const count = states & ~3;
  const walked = checkSteps(checking, count);
  if (problems.size === 0) checkRepetition(checking, walked);
  if (problems.size === 0 && !shape.isSeen) densityProblems(checking, walked, draws & ~3);
  return [...problems.values()];
}

/** Steps that are walked. */
const STEPS = 10;

/** Actions over the entire space. */
function drawActions({ shape, tools }: Checking, actions: Float32Array, count: number): void {
  tools.uniform(actions);
  const { choices, low, high } = shape;
  for (let i = 0; i < actions.length; i++) {
    const d = Math.floor(i / count);
    actions[i] = choices > 0 ? Math.floor(choices * actions[i]) : low[d] + (high[d] - low[d]) * actions[i];
  }
}

/** Walks some steps. @returns the last one */
function checkSteps(checking: Checking, count: number): Batch {
  const { model, shape, tools, report } = checking;
  let batch = emptyBatch(shape, count);
  batch.states.fill(Number.NaN);
  model.initial(batch.states, count, toStep(tools, 0));
  expectWritten(checking, "initial: states", batch.states);
  for (let time = 0; time < STEPS; time++) {
    toStep(tools, 1 + 3 * time);
    drawActions(checking, batch.actions, count);
    const [states, actions] = [batch.states.slice(), batch.actions.slice()];
    model.step(batch, toStep(tools, 2 + 3 * time));
    expectWritten(checking, "step: next", batch.next);
    expectWritten(checking, "step: rewards", batch.rewards);
    const wrong = batch.endings.find((p) => !(p >= 0 && p <= 1));
    if (wrong !== undefined) report("step: endings", `expected probabilities in [0, 1], got ${wrong}`);
    expectSame(checking, "step: states", states, batch.states);
    expectSame(checking, "step: actions", actions, batch.actions);
    checkSeen(checking, batch, 3 + 3 * time);
    if (time === STEPS - 1) break;
    const next = emptyBatch(shape, count);
    next.states.set(batch.next);
    batch = next;
  }
  return batch;
}

/** What is seen lies in the space, and its density at the state that it was drawn from is not 0. */
function checkSeen(checking: Checking, batch: Batch, time: number): void {
  const { model, shape, tools, report } = checking;
  if (shape.isSeen) return;
  const { count } = batch;
  const observations = new Float32Array(shape.observationSize * count).fill(Number.NaN);
  model.observe?.(observations, batch, toStep(tools, time));
  expectWritten(checking, "observe: observations", observations);
  const space = model.observationSpace;
  observations.forEach((x, i) => {
    const d = Math.floor(i / count);
    if (space.kind === "discrete") {
      if (!(Number.isInteger(x) && x >= 0 && x < space.n))
        report("observe: observations", `expected whole numbers below ${space.n}, got ${x}`);
    } else if (space.kind === "box" && !(x >= Math.fround(space.low[d]) && x <= Math.fround(space.high[d])))
      report("observe: observations", `expected [${d}] in [${space.low[d]}, ${space.high[d]}], got ${x}`);
  });
  const densities = new Float32Array(count).fill(Number.NaN);
  model.logDensity?.(densities, observations, batch, tools);
  const wrong = densities.find((value) => !(value > -Infinity && value < Infinity));
  if (wrong !== undefined)
    report(
      "logDensity",
      `expected finite numbers where an observation was drawn from the same state, got ${wrong}`,
    );
}

function expectWritten({ report }: Checking, what: string, values: Float32Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    report(what, `expected finite numbers everywhere, got ${values[at]} at ${at} of ${values.length}`);
}

function expectSame({ report }: Checking, what: string, before: Float32Array, after: Float32Array): void {
  const at = before.findIndex((value, i) => !Object.is(value, after[i]));
  if (at >= 0) report(what, `expected what is read to stay, got ${after[at]} for ${before[at]} at ${at}`);
}

/** The same draws give the same answers, in other arrays and beside other steps too, and none is written to afterwards. */
function checkRepetition(checking: Checking, batch: Batch): void {
  const { model, shape, tools, report } = checking;
  const { count } = batch;
  const played = (states: Float32Array, actions: Float32Array) => {
    const copy = emptyBatch(shape, count);
    copy.states.set(states);
    copy.actions.set(actions);
    model.step(copy, toStep(tools, 1000));
    const observations = new Float32Array(shape.observationSize * count);
    model.observe?.(observations, copy, toStep(tools, 1001));
    const densities = new Float32Array(count);
    model.logDensity?.(densities, observations, copy, tools);
    return { copy, observations, densities };
  };
  const first = played(batch.states, batch.actions);
  const kept = [first.copy.next, first.copy.rewards, first.observations, first.densities].map((a) =>
    a.slice(),
  );
  // other states, in other arrays
  played(batch.next, batch.actions);
  const names = ["step: next", "step: rewards", "observe: observations", "logDensity"];
  [first.copy.next, first.copy.rewards, first.observations, first.densities].forEach((array, i) => {
    if (array.some((value, n) => !Object.is(value, kept[i][n])))
      report(names[i], "expected no array to be kept, got one that a later call wrote to");
  });
  const again = played(batch.states, batch.actions);
  [again.copy.next, again.copy.rewards, again.observations, again.densities].forEach((array, i) => {
    const at = array.findIndex((value, n) => !Object.is(value, kept[i][n]));
    if (at >= 0)
      report(
        names[i],
        `expected the same numbers from the same draws, got ${array[at]} for ${kept[i][at]} at ${at}`,
      );
  });
  if (!shape.isSeen) checkLanes(checking, first);
}

/** A density is that of its own step, wherever it stands in the batch. */
function checkLanes(
  { model, shape, tools, report }: Checking,
  {
    copy,
    observations,
    densities,
  }: {
    readonly copy: Batch;
    readonly observations: Float32Array;
    readonly densities: Float32Array;
  },
): void {
  const { count } = copy;
  const mirrored = (values: Float32Array) =>
    values.map((_, i) => values[Math.floor(i / count) * count + (count - 1 - (i % count))]);
  const mirror = { ...emptyBatch(shape, count), states: mirrored(copy.states), next: mirrored(copy.next) };
  mirror.actions.set(mirrored(copy.actions));
  const out = new Float32Array(count);
  model.logDensity?.(out, mirrored(observations), mirror, tools);
  const at = out.findIndex(
    (value, n) => Math.abs(value - densities[count - 1 - n]) > 1e-3 * (1 + Math.abs(value)),
  );
  if (at >= 0)
    report(
      "logDensity",
      `expected the density of a step to depend on that step alone, got ${out[at]} for ${densities[count - 1 - at]} where the batch is turned round`,
    );
}
