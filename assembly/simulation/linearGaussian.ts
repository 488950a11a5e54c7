import { denseForward } from "../linalg/dense";
import { F32, pad4, ROW, VEC } from "../memory";
import { Model } from "./model";

/*
 * x' = A x + B a + L ε,   x̃' = C x' + N(0, R) with R diagonal,   r = −½ v·(W v + b) with v = [x', a]
 *
 * The parameters of each map are a dense layer: weight `[pad4(outputs)/4][inputs][4]`, then bias `[pad4(outputs)]`.
 */

/** y = W x + b of one tile. */
// @ts-ignore: decorator
@inline
function dense(y: usize, x: usize, parameters: usize, inputs: usize, outputs: usize): void {
  denseForward(y, x, parameters, parameters + pad4(outputs) * inputs * F32, inputs, outputs, 1);
}

/** x' = A x + B a + L ε, as one layer of [x, a, ε]; ε = 0 without noise */
export function nextState(model: Model, next: usize, state: usize, action: usize, noise: usize): void {
  const size = model.stateRows * ROW;
  const behind = stack(model, state, action);
  if (noise) memory.copy(behind, noise, size);
  else memory.fill(behind, 0, size);
  dense(next, model.input, model.transition, 2 * model.stateRows + model.actionSize, model.stateRows);
}

/** input ← [x, a]; where the rows behind begin */
function stack(model: Model, state: usize, action: usize): usize {
  const size = model.stateRows * ROW;
  memory.copy(model.input, state, size);
  memory.copy(model.input + size, action, model.actionSize * ROW);
  return model.input + size + model.actionSize * ROW;
}

/** reward[n] = −½ v·(W v + b),  v = [x', a] */
export function rewardOf(model: Model, reward: usize, action: usize, next: usize): void {
  stack(model, next, action);
  quadratic(model, reward, model.input, model.reward, model.stateRows + model.actionSize);
}

/** value[n] = −½ x·(W x + b) */
export function valueOf(model: Model, value: usize, state: usize): void {
  quadratic(model, value, state, model.value, model.stateRows);
}

/** out[n] = −½ v·(W v + b) */
function quadratic(model: Model, out: usize, v: usize, parameters: usize, size: usize): void {
  dense(model.output, v, parameters, size, size);
  memory.fill(out, 0, ROW);
  const minusHalf = f32x4.splat(-0.5);
  for (let row: usize = 0; row < size * ROW; row += ROW) {
    // out[n] += −½ v[row,n] (W v + b)[row,n]
    for (let n: usize = 0; n < ROW; n += VEC) {
      const product = f32x4.mul(v128.load(v + row + n), v128.load(model.output + row + n));
      v128.store(out + n, f32x4.add(v128.load(out + n), f32x4.mul(minusHalf, product)));
    }
  }
}

/** head = C x' + c, then the standard deviations of the dimensions */
export function observe(model: Model, head: usize, next: usize): void {
  const D = model.observationSize;
  dense(head, next, model.observation, model.stateRows, D);
  for (let d: usize = 0; d < D; d++) {
    const std = v128.load32_splat(model.observationStd + d * F32);
    for (let n: usize = 0; n < ROW; n += VEC) v128.store(head + (D + d) * ROW + n, std);
  }
}
