import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { createRandom } from "../../src/core/random.ts";
import {
  actionColumns,
  allocateExperience,
  appendRow,
  type Experience,
  rewardColumn,
} from "../../src/learning/experience.ts";
import { rarityOf } from "../../src/learning/rarity.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = createRandom(core, 1);
const [D, A] = [2, 2];

function rarityIn(experience: Experience): number {
  const { table, stride } = experience;
  return rarityOf(experience.counts.rows, {
    actions: actionColumns(experience),
    rewards: rewardColumn(experience),
    isRead: (row) => table[row * stride + 2 * D + A + 1] === 0,
  });
}

/** The rarity of the rewards of random states and actions in [−1, 1]. */
function rarity(
  rewardOf: (x: readonly number[], a: readonly number[]) => number,
  {
    rows = 500,
    terminated = () => false,
  }: { rows?: number; terminated?: (x: readonly number[]) => boolean } = {},
): number {
  const experience = allocateExperience(core, D, A, 5000);
  for (let i = 0; i < rows; i++) {
    const [x, a] = [D, A].map((size) => Array.from({ length: size }, () => random.uniform(-1, 1)));
    const reward = rewardOf(x, a);
    const row = appendRow(experience, { reward, terminated: terminated(x) });
    row.set([...x, ...a, ...x, reward, Number(terminated(x))]);
  }
  return rarityIn(experience);
}

test("rewards that do not vary, or depend on the action alone, say nothing of where to be", () => {
  assert.is(
    rarity(() => -0.01),
    1,
  );
  assert.is(
    rarity((_, [a, b]) => -0.1 * a * a - 0.2 * b + 3),
    1,
  );
});

test("dense rewards have the least rarity, even where an action's cost is most of their variance", () => {
  assert.is(
    rarity(([x, y]) => -x * x - y),
    0.2,
  );
  assert.is(
    rarity(([x], [a]) => 0.4 * x - a),
    0.2,
  );
});

test("the rarity of events is about one minus three times their share", () => {
  for (const share of [0.01, 0.05, 0.15]) {
    // of events with probability p the fourth moment gives p (1 − p) / (1 − 3 p (1 − p))
    const p = share * (1 - share);
    const found = rarity(([x]) => Number(x > 1 - 2 * share), { rows: 5000 });
    assert.ok(Math.abs(found - (1 - (3 * p) / (1 - 3 * p))) < 0.06, `${share}: ${found}`);
  }
});

test("no unit counts, and steps that end the world are not read", () => {
  const event = (x: readonly number[]) => Number(x[0] > 0.8);
  for (const unit of [1e-30, 1e30])
    assert.ok(Math.abs(rarity((x) => unit * event(x), { rows: 5000 }) - rarity(event, { rows: 5000 })) < 0.1);
  assert.is(
    rarity(([x]) => (x > 0.5 ? 100 : -1), { terminated: ([x]) => x > 0.5 }),
    1,
  );
});

test("without experience everything is rare", () => {
  assert.is(rarityIn(allocateExperience(core, D, A, 10)), 1);
});

test.run();
