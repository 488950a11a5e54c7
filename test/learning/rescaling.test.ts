import { test } from "uvu";
import * as assert from "uvu/assert";
import { including, NO_MOMENTS } from "../../src/learning/moments.ts";
import { isSurprising, isTimeToRefresh } from "../../src/learning/rescaling.ts";

test("the scales follow at the end of the warm-up, every 50 steps up to 400, then every 200", () => {
  const due = Array.from({ length: 1001 }, (_, step) => step).filter(
    (step) => step > 0 && isTimeToRefresh(step, 130),
  );
  assert.equal(due, [50, 100, 130, 150, 200, 250, 300, 350, 400, 600, 800, 1000]);
});

test("a reward beyond ten deviations is a surprise, and so is the first ending", () => {
  const continuing = [1, -1, 1, -1].reduce(including, NO_MOMENTS);
  const ending = including(NO_MOMENTS, 5);
  const isSurprise = (reward: number, terminated: boolean, endings = ending) =>
    isSurprising({ continuing, ending: endings }, { reward, terminated });
  assert.equal(
    [isSurprise(10, false), isSurprise(10.5, false), isSurprise(-10.5, false)],
    [false, true, true],
  );
  assert.ok(isSurprise(5, true));
  assert.not.ok(isSurprise(1000, true, including(ending, 1000)));
});

test.run();
