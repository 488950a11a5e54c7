import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlanner } from "../../src/inference/createPlanner.ts";
import { isTree } from "../../src/inference/rules.ts";
import { tiger } from "../../src/models/problems/tiger.ts";

test("two ways to search are trees of beliefs", () => {
  assert.equal(
    ["sequences", "smc", "closed", "prior"].map((search) => isTree({ search })),
    [false, false, true, true],
  );
});

for (const [options, message] of [
  [
    { search: "closed", candidates: 128 },
    'candidates: expected 64 unless search is "sequences" or "smc", got 128',
  ],
  [{ search: "sequences", budget: 10 }, 'budget: expected 1000 unless search is "closed" or "prior", got 10'],
  [
    { search: "prior", risk: "evidence" },
    'risk: expected "variational" unless search is "sequences" or "smc", got "evidence"',
  ],
] as const)
  test(`refuses ${JSON.stringify(options)}`, async () => {
    try {
      await createPlanner(tiger(), options);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, message);
    }
  });

test.run();
