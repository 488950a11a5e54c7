import { argmax } from "../density/bins";
import { F32, ROW } from "../memory";
import { Model } from "./model";

/* Discrete states, actions and observations, as tables. A state's one row holds its index. */

// @ts-ignore: decorator
@inline
function indexAt(row: usize, n: usize): usize {
  return <usize>load<f32>(row + n);
}

/** k of a one-hot action's lane. */
function actionAt(model: Model, action: usize, n: usize): usize {
  let k: usize = 0;
  while (k + 1 < model.actionSize && load<f32>(action + k * ROW + n) == 0) k++;
  return k;
}

/** Where a table [S][A][S] holds what follows the state and the action of a lane. */
// @ts-ignore: decorator
@inline
function rowOf(model: Model, table: usize, state: usize, action: usize, n: usize): usize {
  return table + (indexAt(state, n) * model.actionSize + actionAt(model, action, n)) * model.states * F32;
}

/** s' = the first k with p[0] + … + p[k] > uniform; without noise the most probable */
export function nextState(model: Model, next: usize, state: usize, action: usize, noise: usize): void {
  for (let n: usize = 0; n < ROW; n += F32) {
    const p = rowOf(model, model.transition, state, action, n);
    const k = noise ? drawFrom(p, load<f32>(noise + n), model.states) : argmax(p, model.states);
    store<f32>(next + n, <f32>k);
  }
}

/** The index drawn from probabilities by inversion; never one of probability 0. */
function drawFrom(probabilities: usize, draw: f32, size: usize): usize {
  let chosen: usize = 0;
  let cumulative: f32 = 0;
  for (let k: usize = 0; k < size && cumulative <= draw; k++) {
    const p = load<f32>(probabilities + k * F32);
    if (p > 0) chosen = k;
    cumulative += p;
  }
  return chosen;
}

/** reward[n] = R[s][a][s'],  ending[n] = E[s][a][s'] */
export function outcome(model: Model, reward: usize, ending: usize, state: usize, action: usize, next: usize): void {
  for (let n: usize = 0; n < ROW; n += F32) {
    const offset = rowOf(model, indexAt(next, n) * F32, state, action, n);
    store<f32>(reward + n, load<f32>(model.reward + offset));
    store<f32>(ending + n, model.ending ? load<f32>(model.ending + offset) : 0);
  }
}

/** head[o,n] = log p(o | a, s') */
export function observe(model: Model, head: usize, next: usize, action: usize): void {
  const O = model.observationSize;
  for (let n: usize = 0; n < ROW; n += F32) {
    const row = model.observation + (actionAt(model, action, n) * model.states + indexAt(next, n)) * O * F32;
    for (let o: usize = 0; o < O; o++) store<f32>(head + o * ROW + n, load<f32>(row + o * F32));
  }
}

/** value[n] = V[s] */
export function valueOf(model: Model, value: usize, state: usize): void {
  for (let n: usize = 0; n < ROW; n += F32) store<f32>(value + n, load<f32>(model.value + indexAt(state, n) * F32));
}
