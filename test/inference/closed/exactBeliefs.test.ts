import { test } from "uvu";
import * as assert from "uvu/assert";
import { scalarMath } from "../../../src/core/math.ts";
import { updateExactBelief } from "../../../src/inference/belief/exact.ts";
import { exactImagination } from "../../../src/inference/closed/exactBeliefs.ts";
import { lightDark } from "../../../src/models/problems/lightDark.ts";
import { core } from "../../helpers/functions.ts";

const ring = lightDark();
const exact = exactImagination(ring, scalarMath(core));

test("outcomes are the observations with their probabilities, and beliefs those of the filter", () => {
  const belief = ring.tables.initial;
  const step = exact.step(Float64Array.from(belief), Float32Array.of(1), 0);
  let total = 0;
  let nats = 0;
  for (let outcome = step.next(); outcome; outcome = step.next()) {
    const { symbol = -1, mass, belief: after } = outcome;
    const expected = updateExactBelief(ring, belief, { action: 1, observed: symbol });
    after.forEach((p, s) => {
      assert.ok(Math.abs(p - expected[s]) < 1e-12);
    });
    total += mass;
    nats += mass * outcome.nats;
  }
  assert.ok(Math.abs(total - 1) < 1e-12);
  // the belief's entropy is ln 3 and nothing else is hidden: no more can be learned
  assert.ok(nats > 0 && nats <= Math.log(3), `${nats}`);
});

test("a step that ends the world leads nowhere", () => {
  const step = exact.step(Float64Array.from(ring.tables.initial), Float32Array.of(2), 0);
  assert.is(step.continuing, 0);
  assert.ok(Math.abs(step.reward) < 1e-12, "the goal is none of the first places");
});

test("values are those of the tables, or 0", () => {
  const valued = exactImagination(
    { ...ring, tables: { ...ring.tables, value: ring.tables.initial.map((_, s) => s) } },
    scalarMath(core),
  );
  const belief = Float64Array.from(ring.tables.initial);
  assert.ok(Math.abs(valued.values([belief])[0] - 4) < 1e-12);
  assert.is(exact.values([belief])[0], 0);
});

test.run();
