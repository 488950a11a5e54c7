import type { Core } from "../../core/core.ts";
import type { Draw } from "../../core/draw.ts";
import { scalarMath } from "../../core/math.ts";
import type { StateSpaceModel } from "../model.ts";
import { type Batch, type Model, shapeOf, type Tools } from "./model.ts";

/**
 * A model in functions as a particle filter takes it: particles are drawn from the model, and weighed by
 *
 *   log p(x | z', a) + log(1 − p(end | z, a, z'))
 *
 * for an update is a step after which the world went on. At the first update, which follows no action, actions are 0. Where
 * there is no `observe`, the state is what was seen.
 */
export function stateSpaceOf(core: Core, model: Model): StateSpaceModel {
  const { stateSize, observationSize, actionSize, isSeen, choices } = shapeOf(model);
  const math = scalarMath(core);
  const toolsOf = (draw: Draw): Tools => ({ ...math, normal: draw.normal, uniform: draw.uniform });
  const rows = (values: ArrayLike<number>, count: number, out: Float32Array) => {
    for (let d = 0; d < values.length; d++) out.fill(values[d], d * count, (d + 1) * count);
    return out;
  };
  const weigh = (
    { batch, logIncrements }: { readonly batch: Batch; readonly logIncrements: Float32Array },
    seen: ArrayLike<number> | undefined,
    tools: Tools,
  ) => {
    const { count, endings, next } = batch;
    for (let n = 0; n < count; n++)
      if (endings[n] > 0) logIncrements[n] += endings[n] < 1 ? math.log(1 - endings[n]) : -Infinity;
    if (seen === undefined) return;
    expectWhole(seen);
    if (isSeen) {
      rows(seen, count, next);
      return;
    }
    const densities = new Float32Array(count);
    model.logDensity?.(densities, rows(seen, count, new Float32Array(observationSize * count)), batch, tools);
    for (let n = 0; n < count; n++) logIncrements[n] += densities[n];
  };
  return {
    ...{ stateSize, observationSize },
    // numbers of a space that is counted are never jittered
    ...(model.observationSpace.kind === "discrete" && { continuousSize: 0 }),
    initialise(particles, logIncrements, observation, draw) {
      const tools = toolsOf(draw);
      const count = logIncrements.length;
      model.initial(particles, count, tools);
      weigh(
        { batch: batchOf(particles, particles, { count, actionSize }), logIncrements },
        observation,
        tools,
      );
    },
    step(next, previous, logIncrements, { action, observation }, draw) {
      const tools = toolsOf(draw);
      const count = logIncrements.length;
      const batch = batchOf(previous, next, { count, actionSize });
      if (action === undefined || action.length !== actionSize)
        throw new RangeError(
          `action: expected ${choices > 0 ? `an index below ${choices}` : `[${actionSize}] numbers`}, got ${action === undefined ? "none" : `[${action.length}]`}`,
        );
      rows(action, count, batch.actions);
      model.step(batch, tools);
      weigh({ batch, logIncrements }, observation, tools);
    },
  };
}

function batchOf(
  states: Float32Array,
  next: Float32Array,
  { count, actionSize }: { readonly count: number; readonly actionSize: number },
): Batch {
  return {
    ...{ count, states, next },
    actions: new Float32Array(actionSize * count),
    rewards: new Float32Array(count),
    endings: new Float32Array(count),
  };
}

/** Functions know no density of a part of what is seen. */
function expectWhole(seen: ArrayLike<number>): void {
  for (let d = 0; d < seen.length; d++)
    if (Number.isNaN(seen[d]))
      throw new RangeError(
        `observation[${d}]: expected a number, got NaN: a model in functions has no density of a part of what is seen`,
      );
}
