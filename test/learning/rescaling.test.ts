import { test } from "uvu";
import * as assert from "uvu/assert";
import { isSurprising, isTimeToRefresh } from "../../src/learning/rescaling.ts";

test("the scales follow at the end of the warm-up, every 50 steps up to 400, then every 200", () => {
  const due = Array.from({ length: 1001 }, (_, step) => step).filter(
    (step) => step > 0 && isTimeToRefresh(step, 130),
  );
  assert.equal(due, [50, 100, 130, 150, 200, 250, 300, 350, 400, 600, 800, 1000]);
});

test("a reward beyond ten deviations is a surprise, and so is the first ending", () => {
  const isSurprise = (reward: number, terminated: boolean, endings = 1) =>
    isSurprising({ reward, terminated }, { mean: 0, deviation: 1, endings });
  assert.equal(
    [isSurprise(10, false), isSurprise(10.5, false), isSurprise(-10.5, false)],
    [false, true, true],
  );
  assert.ok(isSurprise(5, true));
  assert.not.ok(isSurprise(1000, true, 2));
});

test.run();
