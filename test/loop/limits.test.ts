import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Finished, includeEpisode, isLimitReached, JUDGED } from "../../src/loop/limits.ts";

const after = (...returns: number[]): Finished => {
  const counted = {};
  for (const sum of returns) includeEpisode(counted, sum);
  return counted;
};

test("without a limit there is no end", () => {
  assert.not.ok(isLimitReached({}, [after(1, 2, 3, 4, 5, 6)]));
});

test("episodes are counted over all copies", () => {
  assert.not.ok(isLimitReached({ episodes: 4 }, [after(1, 2), after(1)]));
  assert.ok(isLimitReached({ episodes: 4 }, [after(1, 2), after(1, 1)]));
  assert.ok(isLimitReached({ episodes: 0 }, [{}]));
});

test("a target is compared with the mean of the newest episodes, once there are enough", () => {
  assert.is(JUDGED, 5);
  assert.not.ok(isLimitReached({ target: 1 }, [after(9, 9, 9, 9)]));
  assert.not.ok(isLimitReached({ target: 3.1 }, [after(100, 1, 2, 3, 4, 5)]));
  assert.ok(isLimitReached({ target: 3 }, [after(-100, 1, 2, 3, 4, 5)]));
});

test.run();
