import { test } from "uvu";
import * as assert from "uvu/assert";
import { createRandom } from "../../../src/core/random.ts";
import { proposalOf } from "../../../src/inference/closed/actions.ts";
import { beliefNode, type Imagination, type Search } from "../../../src/inference/closed/nodes.ts";
import { visit } from "../../../src/inference/closed/tree.ts";
import { core } from "../../helpers/functions.ts";

/** Two arms without end: arm 1 pays 1 on average, arm 0 nothing; what is seen is noise. */
const arms: Imagination<number> = {
  step(belief, action) {
    let k = 0;
    return {
      ...{ reward: action[0], continuing: 1 },
      next: () => ({ belief: belief + 1, mass: 1, nats: 0.1 * k++ }),
      moments: () => ({ mean: Float64Array.of(0), std: Float64Array.of(0) }),
    };
  },
  values: (beliefs) => beliefs.map(() => 0),
  reset() {},
};

function grown(visits: number, temperature: number, horizon = 4) {
  const search: Search<number> = {
    imagination: arms,
    proposal: proposalOf({ choices: 2, actionSize: 1, low: [], high: [] }, [], createRandom(core, 1)),
    math: { exp: Math.exp, log: Math.log },
    settings: { horizon, discount: 0.9, temperature, informationWeight: 0, isOpen: false },
    spread: { squares: 0, freedom: 0 },
    counts: { outcomes: 0 },
  };
  const root = beliefNode(0, { depth: 0, key: 1 });
  for (let i = 0; i < visits; i++) visit(search, root);
  return { search, root };
}

test("the better arm is visited more, the other now and then", () => {
  const { root } = grown(400, 0.01);
  const [worse, better] = root.actions.map(({ visits }) => visits);
  assert.ok(better > 3 * worse && worse > 10, `${worse}, ${better}`);
});

test("values come near those of the horizon", () => {
  const { root } = grown(2000, 1e-6);
  // 1 + .9 + .81 + .729 at the best
  assert.ok(root.value > 2.5, `${root.value}`);
  assert.ok(root.value <= 3.439 + 1e-9);
});

test("outcomes grow as the root of the visits, and are looked into in turns", () => {
  const { root } = grown(400, 1);
  for (const { outcomes, visits } of root.actions) {
    assert.ok(
      outcomes.length >= 1.5 * Math.sqrt(visits) - 1 && outcomes.length <= 1.5 * Math.sqrt(visits) + 1,
    );
    const seen = outcomes.slice(0, -4).map((outcome) => outcome.visits);
    assert.ok(Math.max(...seen) - Math.min(...seen) <= 2, String(seen));
  }
});

test("with one step left, outcomes alone are added", () => {
  const { root, search } = grown(50, 1, 1);
  assert.is(search.counts.outcomes, 51);
  assert.ok(root.actions.every(({ outcomes }) => outcomes.every(({ actions }) => actions.length === 0)));
});

test.run();
