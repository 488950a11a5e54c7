import { test } from "uvu";
import * as assert from "uvu/assert";
import { createRandom } from "../../../src/core/random.ts";
import { proposalOf } from "../../../src/inference/closed/actions.ts";
import { core } from "../../helpers/functions.ts";

test("of a discrete space all actions are compared, with their prior", () => {
  const shape = { choices: 3, actionSize: 1, low: [], high: [] };
  const even = proposalOf(shape, [], createRandom(core, 1));
  assert.equal(
    even.first().map(({ action, prior }) => [action[0], prior]),
    [0, 1, 2].map((a) => [a, 1 / 3]),
  );
  assert.is(
    even.more(100, 3, () => Float32Array.of(0)),
    undefined,
  );
  const uneven = proposalOf(shape, [0.5, 0.25, 0.25], createRandom(core, 1));
  assert.equal(
    uneven.first().map(({ prior }) => prior),
    [0.5, 0.25, 0.25],
  );
});

test("of a box they become more with the visits, and half of those lie near the best", () => {
  const shape = { choices: 0, actionSize: 2, low: [-1, 0], high: [1, 10] };
  const proposal = proposalOf(shape, [], createRandom(core, 1));
  const best = Float32Array.of(0.9, 1);
  const all = [...proposal.first()];
  const first = all.length;
  for (let visits = 1; visits <= 900; visits++) {
    const more = proposal.more(visits, all.length, () => best);
    if (more) all.push(more);
  }
  assert.is(all.length, first + 30);
  for (const { action } of all) {
    assert.ok(action[0] >= -1 && action[0] <= 1 && action[1] >= 0 && action[1] <= 10, String(action));
  }
  const near = all.slice(first).filter(({ prior }) => prior < 1).length;
  // half of 30, by 4σ = 4 √30 / 2
  assert.ok(Math.abs(near - 15) < 11, `${near}`);
});

test.run();
