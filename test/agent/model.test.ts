import { test } from "uvu";
import * as assert from "uvu/assert";
import { isLatent } from "../../src/agent/model.ts";

test("an agent sees the state unless it is asked for a belief", () => {
  assert.equal(
    [{}, { model: undefined }, { model: "observed" }, { model: "latent", planner: "smc" }].map((options) =>
      isLatent(options as object),
    ),
    [false, false, false, true],
  );
});

for (const [options, message] of [
  [{ model: "Latent" }, "RangeError: model: expected one of observed, latent, got Latent"],
  [{ model: null }, "RangeError: model: expected one of observed, latent, got null"],
  [
    { horizon: 5, planner: "smc" },
    'TypeError: options: expected known names, got planner, which belongs to model: "latent"',
  ],
  [
    { model: "observed", klBudget: 1 },
    'TypeError: options: expected known names, got klBudget, which belongs to model: "latent"',
  ],
  [
    { model: "latent", batch: 32 },
    'TypeError: options: expected known names, got batch, which belongs to model: "observed"',
  ],
] as const)
  test(`refuses ${JSON.stringify(options)}`, () => {
    assert.throws(
      () => isLatent(options as object),
      (error: Error) => String(error) === message,
    );
  });

test.run();
