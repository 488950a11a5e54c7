import { test } from "uvu";
import * as assert from "uvu/assert";
import { STREAMS } from "../../src/core/streams.ts";

test("no purpose shares a stream with another, whatever index or offset is added", () => {
  const sorted = Object.values(STREAMS).sort((a, b) => a - b);
  // those below 100 have at most ten offsets, members of an ensemble and offsets of a plan are fewer than 1000
  for (const [i, stream] of sorted.slice(1).entries()) {
    const room = sorted[i] >= 1000 ? 1000 : sorted[i] >= 20 ? 10 : 1;
    assert.ok(stream >= sorted[i] + room, `${sorted[i]} and ${stream}`);
  }
});

test.run();
