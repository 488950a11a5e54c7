import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Batch, rowsOf } from "../../../../studies/reproduce/tables/batch.ts";

const batch: Batch = {
  ...{ problem: "Tiger", seed: 1, lower: 19.371, upper: 19.372, iterations: 9 },
  ...{
    offlineSeconds: 3,
    processorSeconds: 2,
    millisecondsPerDecision: 0.5,
    processorMillisecondsPerDecision: 0.25,
  },
  returns: [1, 3],
};

test("a row has the mean of all batches, its error, what was proved and the median of the clock", () => {
  const slow = { ...batch, seed: 3, millisecondsPerDecision: 99, returns: [1, 3] };
  const rows = rowsOf([batch, { ...batch, seed: 2 }, slow], () => "19.371 exact");
  // √(6 / 5 / 6) = .447
  assert.equal(rows, [
    ["Tiger", "solved offline", "2 ± 0.4472", "6", "0.5", "2", "19.37 … 19.37", "19.371 exact"],
  ]);
});

test.run();
