import { test } from "uvu";
import * as assert from "uvu/assert";
import { boundOf } from "../../../../studies/reproduce/claims/marginalWeight.ts";

test("with exact inference the bound is (1 − λ) log p(x), whatever the model", () => {
  for (const x of [-2, 0.3, 1])
    for (const loading of [0, 0.5, 1, 3])
      for (const marginalWeight of [0, 0.3, 1]) {
        const variance = loading ** 2 + 0.25;
        const evidence = -0.5 * (x ** 2 / variance + Math.log(2 * Math.PI * variance));
        const bound = boundOf({ x, loading, marginalWeight });
        assert.ok(Math.abs(bound - (1 - marginalWeight) * evidence) < 1e-12);
      }
});

test.run();
