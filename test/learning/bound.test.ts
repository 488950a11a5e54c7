/** The terms of the bound at single transitions; `test/agent/bound.test.ts` follows them over an agent's life. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { box } from "../../src/environments/environment.ts";
import {
  allocateBoundWorkspace,
  type BoundContext,
  boundOf,
  expectedReward,
} from "../../src/learning/bound.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateModel, type GenerativeModel, initialiseModel } from "../../src/models/generativeModel.ts";
import { debugCore } from "../helpers/debugCore.ts";
import { randomRow, sum } from "../reference/arrays.ts";
import { logVariance, softmax } from "../reference/density.ts";
import { realisedRatio } from "../reference/information.ts";
import { mulberry32 } from "../reference/kernels.ts";
import { mlp, type Network, packNetwork, randomNetwork } from "../reference/nn.ts";

const core = debugCore();
const [D, A, bins] = [3, 2, 5];
const random = mulberry32(5);
const members = [1, 2, 3].map(() => randomNetwork(random, [D + A, 8, 2 * (D + 1) + 2], "silu"));
const habit = randomNetwork(random, [D, 8, A * bins], "silu");

/** A model with given networks and scales. */
function modelOf(): GenerativeModel {
  const coding = actionCoding(box([-1, -1], [1, 1]), bins);
  const sizes = { observationSize: D, coding, members: 3, hidden: [8], activation: "silu" } as const;
  const model = allocateModel(core, sizes);
  initialiseModel(core, model, { seed: [1, 0], likelihoodNoise: 0.05, simulatesNoise: true });
  const pack = ({ layers }: Network) => packNetwork(layers);
  model.dynamics.parameters.set(members.flatMap(pack));
  model.habit.parameters.set(pack(habit));
  model.statistics.inputShift.set([0.5, -1, 0.25]);
  model.statistics.inputScale.set([2, 0.5, 1]);
  model.statistics.targetShift.set([0, 0, 0, -2]);
  model.statistics.targetScale.set([4, 2, 1, 0.5]);
  return model;
}

const row = Float32Array.from([...randomRow(random, 2 * D + A), -3, 0]);
const ended = Float32Array.from([...row.slice(0, -1), 1]);
const label = Float32Array.from([0.1, 0.2, 0.3, 0.4, 0, 1, 0, 0, 0, 0]);
const context: BoundContext = { reward: 7, label, isTrained: true, noise: 0.3, temperature: 0.5 };

const boundAt = (transition: Float32Array, changes: Partial<BoundContext> = {}) =>
  core.scope(() => {
    const model = modelOf();
    const own = { ...context, ...changes };
    const held = own.label && core.f32(own.label);
    const workspace = allocateBoundWorkspace(core, model.sizes);
    return boundOf(core, model, workspace, core.f32(transition), { ...own, label: held });
  });

/** x̂ and a, and the scaled target, by hand. */
function seen() {
  const x = [0, 1, 2].map((d) => (row[d] - [0.5, -1, 0.25][d]) * [2, 0.5, 1][d]);
  const change = [4, 2, 1].map((scale, d) => row[D + A + d] * scale);
  return { x, action: [row[D], row[D + 1]], target: [...change, (-3 + 2) * 0.5] };
}

test("every term is the f64 reference's", () => {
  const { x, action, target } = seen();
  const predictions = members.map((model) => {
    const head = mlp(model, [...x, ...action]);
    const variance = head.slice(D + 1, 2 * D + 2).map((y) => Math.exp(logVariance(y)));
    return { mean: head.slice(0, D + 1), variance };
  });
  const expected = realisedRatio(predictions, 0.3, target);
  const logits = mlp(habit, x);
  const p = [0, bins].flatMap((from) => softmax(logits.slice(from, from + bins)));
  const divergence = sum([...label].map((t, k) => (t > 0 ? t * Math.log(t / p[k]) : 0)));
  const bound = boundAt(row);
  const close = (actual: number, value: number) =>
    assert.ok(Math.abs(actual - value) < 2e-5 * (1 + Math.abs(value)), `${actual}, ${value}`);
  assert.is(bound.reward, 14);
  close(bound.informationGain, expected.informationGain);
  close(bound.stateConsistency, expected.stateConsistency);
  close(bound.actionConsistency, -divergence);
  const { reward, informationGain, stateConsistency, actionConsistency } = bound;
  assert.is(bound.total, reward + informationGain + stateConsistency + actionConsistency);
  assert.ok(informationGain !== 0 && stateConsistency < 0 && actionConsistency < 0);
});

for (const [name, transition, changes] of [
  ["where the world ended", ended, {}],
  ["of an untrained model", row, { isTrained: false }],
  ["of an untrained model where the world ended", ended, { isTrained: false }],
] as const)
  test(`information gain and state consistency ${name} are 0, and nothing else is`, () => {
    const bound = boundAt(transition, changes);
    assert.equal([bound.informationGain, bound.stateConsistency], [0, 0]);
    const { reward, actionConsistency } = boundAt(row);
    assert.equal([bound.reward, bound.actionConsistency], [reward, actionConsistency]);
    assert.is(bound.total, reward + actionConsistency);
  });

test("an action that was not planned is consistent with anything", () => {
  assert.is(boundAt(row, { label: undefined }).actionConsistency, 0);
});

test("an ending does not leave its zeros behind", () => {
  core.scope(() => {
    const model = modelOf();
    const workspace = allocateBoundWorkspace(core, model.sizes);
    const at = (transition: Float32Array) =>
      boundOf(core, model, workspace, core.f32(transition), { ...context, label: undefined });
    const before = at(row);
    at(ended);
    assert.equal(at(row), before);
  });
});

test("the reward that was expected is the members' mean", () => {
  const { x, action } = seen();
  const predictions = members.map((model) => mlp(model, [...x, ...action])[D]);
  core.scope(() => {
    const model = modelOf();
    const workspace = allocateBoundWorkspace(core, model.sizes);
    boundOf(core, model, workspace, core.f32(row), { ...context, label: undefined });
    assert.ok(Math.abs(expectedReward(workspace, model.sizes) - sum(predictions) / 3) < 1e-5);
  });
});

test.run();
