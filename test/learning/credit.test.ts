import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Credit,
  creditOf,
  fullCredit,
  includeOrdinary,
  type JudgedReward,
  judgeCredit,
} from "../../src/learning/credit.ts";
import { deviation, including, type Moments, NO_MOMENTS } from "../../src/learning/moments.ts";
import { mulberry32 } from "../reference/kernels.ts";

/** Rewards are not compressed. */
const slopes = {
  low: Float32Array.of(1),
  high: Float32Array.of(1),
  least: Float32Array.of(-1e38),
  most: Float32Array.of(1e38),
};

/** Fifty rewards between −1 and 1. */
function ordinary() {
  const random = mulberry32(4);
  const credit = fullCredit();
  let moments: Moments = NO_MOMENTS;
  for (let i = 0; i < 50; i++) {
    const reward = 2 * random() - 1;
    includeOrdinary(credit, moments, reward);
    moments = including(moments, reward);
  }
  return { credit, moments, std: deviation(moments) };
}

function judge(credit: Credit, moments: Moments, judged: Partial<JudgedReward>): boolean {
  return judgeCredit(credit, moments, { reward: 0, expected: 0, highest: 1, slopes, ...judged });
}

test("a threat counts as one of eight deviations, a promise in full", () => {
  const { credit, moments, std } = ordinary();
  assert.equal(creditOf(credit, moments), { least: moments.mean - 8 * std, most: Infinity });
});

test("a threat that was foretold and came true counts four times as far", () => {
  const { credit, moments } = ordinary();
  assert.is(judge(credit, moments, { reward: -1e6, expected: -3.9 }), false);
  assert.is(judge(credit, moments, { reward: -1, expected: -5 }), false);
  assert.is(credit.threat, 8);
  assert.is(judge(credit, moments, { reward: -1e6, expected: -4.1 }), true);
  assert.is(credit.threat, 32);
});

test("a promise that was foretold and did not come counts half as far each time, down to what is ordinary", () => {
  const { credit, moments, std } = ordinary();
  const promise = { highest: 1e6, expected: 100 };
  let before = Infinity;
  for (let i = 0; i < 30; i++) {
    const changed = judge(credit, moments, promise);
    const { most } = creditOf(credit, moments);
    assert.is(changed, before > credit.ordinary);
    assert.ok(most < before || most === credit.ordinary);
    before = most;
  }
  assert.is(before, credit.ordinary);
  assert.ok(credit.ordinary > moments.mean && credit.ordinary <= moments.mean + 8 * std);
  // one that comes counts in full again, and for good where it was foretold
  assert.is(judge(credit, moments, { highest: 1e6, reward: 1e6, expected: 0 }), true);
  assert.equal([credit.promise, credit.isProven], [Infinity, false]);
  judge(credit, moments, { highest: 1e6, reward: 1e6, expected: 100 });
  assert.is(credit.isProven, true);
  for (let i = 0; i < 5; i++) assert.is(judge(credit, moments, promise), false);
  assert.is(creditOf(credit, moments).most, Infinity);
});

test("what was not foretold, or lies among ordinary rewards, breaks no promise", () => {
  const { credit, moments, std } = ordinary();
  const margin = (credit.ordinary - moments.mean) / std + 1;
  assert.is(judge(credit, moments, { highest: 1e6, expected: margin - 1e-6 }), false);
  assert.is(judge(credit, moments, { highest: credit.ordinary, expected: 100 }), false);
  assert.is(judge(credit, moments, { highest: 1e6, expected: margin + 1e-6 }), true);
});

test("units change nothing but units, by property", () => {
  const { moments, credit } = ordinary();
  const steps = fc.array(
    fc.tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer({ min: -40, max: 40 })),
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: -30, max: 30 }), (judged, exponent) => {
      const unit = 2 ** exponent;
      const scaled = { ...moments, mean: unit * moments.mean, squares: unit * unit * moments.squares };
      const [own, other] = [{ ...credit }, { ...credit, ordinary: unit * credit.ordinary }];
      for (const [reward, expected] of judged) {
        const changed = judge(own, moments, { reward, expected, highest: 1e3 });
        assert.is(judge(other, scaled, { reward: unit * reward, expected, highest: unit * 1e3 }), changed);
        assert.equal({ ...other, ordinary: own.ordinary }, own);
      }
    }),
  );
});

test.run();
