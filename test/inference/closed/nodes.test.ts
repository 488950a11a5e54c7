import { test } from "uvu";
import * as assert from "uvu/assert";
import { scalarMath } from "../../../src/core/math.ts";
import { createRandom } from "../../../src/core/random.ts";
import { proposalOf } from "../../../src/inference/closed/actions.ts";
import { exactImagination } from "../../../src/inference/closed/exactBeliefs.ts";
import {
  type ActionNode,
  beliefNode,
  bestOf,
  choiceOf,
  refresh,
  type Search,
} from "../../../src/inference/closed/nodes.ts";
import { visit } from "../../../src/inference/closed/tree.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { core } from "../../helpers/functions.ts";

/** An entire tree of two steps at the tiger's doors. */
function treeOf(isOpen: boolean, temperature = 5, prior: readonly number[] = []) {
  const search: Search<Float64Array> = {
    imagination: exactImagination(tiger(), scalarMath(core)),
    proposal: proposalOf({ choices: 3, actionSize: 1, low: [], high: [] }, prior, createRandom(core, 1)),
    math: scalarMath(core),
    settings: { horizon: 2, discount: 0.95, temperature, informationWeight: 0, isOpen },
    spread: { squares: 0, freedom: 0 },
    counts: { outcomes: 0 },
  };
  const root = beliefNode(Float64Array.of(0.5, 0.5), { depth: 0, key: 1 });
  for (let i = 0; i < 1000 && !root.isComplete; i++) visit(search, root);
  return { search, root };
}

test("the whole tree is found, and then it is complete", () => {
  const { search, root } = treeOf(false);
  assert.ok(root.isComplete);
  // 3 actions × 2 observations, twice; the last beliefs too
  assert.is(search.counts.outcomes, 6 + 6 * 6);
});

test("V is η log Σ p exp(Q / η), and the mean of Q less what the choice costs", () => {
  const { search, root } = treeOf(false);
  const { value, weights, cost } = choiceOf(search, root);
  const values = root.actions.map((action) => action.value);
  const soft = 5 * Math.log(values.reduce((sum, q) => sum + Math.exp(q / 5) / 3, 0));
  assert.ok(Math.abs(value - soft) < 1e-9);
  const mean = weights.reduce((sum, w, i) => sum + w * values[i], 0);
  assert.ok(Math.abs(mean - cost - value) < 1e-9 && cost > 0);
  const kl = weights.reduce((sum, w) => sum + (w > 0 ? w * Math.log(w * 3) : 0), 0);
  assert.ok(Math.abs(cost - 5 * kl) < 1e-9);
});

test("later actions of the prior are worth their mean", () => {
  const { root } = treeOf(true);
  // listening: −1 + γ · mean of (−1, −45, −45) whatever was heard, for the sides' chances add up
  assert.ok(Math.abs(root.actions[0].value - (-1 + 0.95 * (-91 / 3))) < 1e-9, `${root.actions[0].value}`);
});

test("the prior counts", () => {
  const { search, root } = treeOf(false, 1e6, [0.2, 0.5, 0.3]);
  choiceOf(search, root).weights.forEach((weight, a) => {
    assert.ok(Math.abs(weight - [0.2, 0.5, 0.3][a]) < 1e-3);
  });
  assert.is(bestOf(root).action[0], 0);
});

test("Q is the reward, and by the masses of the outcomes what is gained and what comes later", () => {
  const { search } = treeOf(false);
  const outcomes = [10, -4].map((value) =>
    beliefNode(Float64Array.of(0.5, 0.5), { depth: 1, key: 1, value }),
  );
  const action: ActionNode<Float64Array> = {
    ...{ action: Float32Array.of(0), prior: 1, outcomes, masses: [0.3, 0.1], nats: [0.5, 0.25] },
    ...{ step: { reward: 3, continuing: 0.8 }, value: 0, hasAll: true, isComplete: false },
  } as unknown as ActionNode<Float64Array>;
  const spread = { squares: 0, freedom: 0 };
  refresh({ ...search, spread, settings: { ...search.settings, informationWeight: 2 } }, action);
  const [gained, later] = [(0.3 * 0.5 + 0.1 * 0.25) / 0.4, (0.3 * 10 - 0.1 * 4) / 0.4];
  assert.ok(Math.abs(action.value - (3 + 0.8 * (2 * gained + 0.95 * later))) < 1e-12);
  assert.ok(Math.abs(spread.squares - (0.95 * 0.8) ** 2 * ((10 - later) ** 2 + (-4 - later) ** 2)) < 1e-9);
  assert.is(spread.freedom, 1);
});

test.run();
