import { test } from "uvu";
import * as assert from "uvu/assert";
import { interleave } from "../../src/bench/interleave.ts";

test("times works in turns: one that does ten times the work takes longer", () => {
  const work = (count: number) => () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Math.sqrt(i);
    return sum;
  };
  const timings = interleave([work(20_000), work(200_000)], { rounds: 3, roundTime: 2 });
  assert.is(timings[0].ratio, 1);
  assert.ok(timings[1].ratio > 3, `×${timings[1].ratio}`);
});

test.run();
