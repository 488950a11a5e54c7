import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPace } from "../../src/cli/pace.ts";

test("measures the recent steps, not those before", () => {
  let time = 0;
  const pace = createPace(1000, () => time);
  for (let step = 1; step <= 300; step++) {
    time += step <= 100 ? 1 : 10;
    pace(step);
  }
  time += 10;
  assert.equal(pace(301), { stepsPerSecond: 100, secondsLeft: 6.99 });
});

test("knows no end before any time has passed", () => {
  assert.equal(createPace(10, () => 0)(1), { stepsPerSecond: 0, secondsLeft: Infinity });
});

test.run();
