import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import {
  allocateReturns,
  amendReturns,
  closeRewards,
  includeReward,
  unitOfReturns,
} from "../../src/learning/returns.ts";

const core = await createCore({ bytes: 1 << 18 });
const open = { rewardLow: Infinity, rewardHigh: -Infinity };
const step = (reward: number, ending: { terminated?: boolean; truncated?: boolean } = {}) => ({
  reward,
  terminated: false,
  truncated: false,
  ...ending,
});

/** The returns of an episode of these rewards. */
function episode(
  rewards: readonly number[],
  ending: { terminated?: boolean; truncated?: boolean },
  discount: number,
  first = 0,
) {
  const returns = allocateReturns(core);
  rewards.forEach((reward, t) => {
    includeReward(returns, step(reward - first, t === rewards.length - 1 ? ending : {}), { discount, first });
  });
  return returns;
}

test("returns are discounted sums to the end of an episode", () => {
  const { table, counts } = episode([1, 2, 4], { terminated: true }, 0.5);
  // from the last step back
  assert.equal([...table.subarray(0, counts.rows)], [4, 4, 3]);
});

test("after a cut the mean of the newest rewards goes on", () => {
  const { table } = episode([2, 2], { truncated: true }, 0.5);
  assert.equal([...table.subarray(0, 2)], [4, 4]);
});

test("an episode that broke off is one that was cut, and there is none between two", () => {
  const returns = allocateReturns(core);
  closeRewards(returns, 0.5);
  assert.is(returns.counts.rows, 0);
  for (const reward of [2, 6]) includeReward(returns, step(reward), { discount: 0.5, first: 0 });
  closeRewards(returns, 0.5);
  const { table, counts } = episode([2, 6], { truncated: true }, 0.5);
  assert.equal(returns.counts, counts);
  assert.equal(returns.table.slice(0, 2), table.slice(0, 2));
});

test("episodes that run side by side have rewards of their own", () => {
  const returns = allocateReturns(core, 3);
  for (const lane of [0, 1, 2]) includeReward(returns, step(lane + 1), { discount: 0.5, first: 0, lane });
  includeReward(returns, step(1, { terminated: true }), { discount: 0.5, first: 0, lane: 1 });
  assert.equal([...returns.table.subarray(0, returns.counts.rows)], [1, 2.5]);
  closeRewards(returns, 0.5, 2);
  assert.is(returns.counts.rows, 3);
});

test("a running episode is cut after 500 steps, and nothing is known before", () => {
  const returns = allocateReturns(core);
  for (let t = 0; t < 499; t++) includeReward(returns, step(1), { discount: 0.9, first: 0 });
  assert.is(returns.counts.rows, 0);
  includeReward(returns, step(1), { discount: 0.9, first: 0 });
  assert.is(returns.counts.rows, 500);
  assert.ok(returns.table.subarray(0, 500).every((value) => Math.abs(value - 10) < 1e-4));
});

test("the unit lies between the outer twentieths of the returns", () => {
  const rewards = Array.from({ length: 101 }, (_, t) => t);
  const returns = episode(rewards, { terminated: true }, 0);
  assert.is(unitOfReturns(returns, { rewardLow: 0, rewardHigh: 1000 }), 90);
});

test("without returns it is the range of the rewards, else their size, else 0", () => {
  const returns = allocateReturns(core);
  assert.is(unitOfReturns(returns, { rewardLow: -2, rewardHigh: 3 }), 5);
  assert.is(unitOfReturns(returns, { rewardLow: -4, rewardHigh: -4 }), 4);
  assert.is(unitOfReturns(returns, { rewardLow: 0, rewardHigh: 0 }), 0);
  assert.is(unitOfReturns(returns, open), 0);
});

test("it is in proportion to the rewards, and the same for every constant added where nothing ends", () => {
  const rewards = Array.from({ length: 60 }, (_, t) => (t * 37) % 16);
  const unit = (factor: number, offset: number) =>
    unitOfReturns(
      episode(
        rewards.map((reward) => factor * reward + offset),
        { truncated: true },
        0.5,
      ),
      open,
    );
  assert.is(unit(1024, 0), 1024 * unit(1, 0));
  assert.ok(Math.abs(unit(1, 100) - unit(1, 0)) < 1e-3);
});

test("the first reward, from which all are counted, moves all returns alike", () => {
  const ends = [{ terminated: true }, { truncated: true }];
  for (const ending of ends) {
    const from = (first: number) => [...episode([8, 3, 5], ending, 0.75, first).table.subarray(0, 3)];
    const [own, counted] = [from(0), from(8)];
    assert.ok(counted.every((value, i) => Math.abs(value + 8 / 0.25 - own[i]) < 1e-4));
  }
});

test("the oldest returns give way to the newest", () => {
  const returns = allocateReturns(core);
  for (let e = 0; e < 4; e++)
    for (let t = 0; t < 500; t++) includeReward(returns, step(e), { discount: 0, first: 0 });
  assert.is(returns.counts.rows, 1500);
  assert.ok(!returns.table.includes(0));
});

test("rewards that wait may count otherwise, and returns of those before are forgotten", () => {
  const returns = allocateReturns(core, 2);
  const context = { discount: 0.5, first: 0 };
  includeReward(returns, step(-1e6, { terminated: true }), context);
  includeReward(returns, step(-1e6), context);
  includeReward(returns, step(3), { ...context, lane: 1 });
  amendReturns(returns, (reward) => Math.max(-8, reward));
  assert.equal([returns.counts.rows, returns.counts.spread], [0, 0]);
  includeReward(returns, step(2, { terminated: true }), context);
  includeReward(returns, step(1, { terminated: true }), { ...context, lane: 1 });
  assert.equal([...returns.table.subarray(0, 4)], [2, -7, 1, 3.5]);
});

test.run();
