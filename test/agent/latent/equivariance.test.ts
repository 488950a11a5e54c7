/** What changes of units change for an agent with a belief: nothing, to the bit where the units are powers of two and sums are exact. */
import { asyncProperty, assert as check, integer } from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Options } from "../../../src/index.ts";
import { type Kind, lifeInUnits, type Units } from "../../helpers/units.ts";

const settings: Options = {
  ...{ model: "latent", latentSize: 4, hidden: [8], decoderHidden: [8], horizon: 4, candidates: 8 },
  ...{ updates: 1, chunk: 6, overshoot: 3, overshootStarts: 2, memory: 200 },
  ...{ warmup: 24, warmupUpdates: 8, delay: 20, imagination: 1, usesValue: true, seed: 5 },
};
const life = (units: Units, kind: Kind) => lifeInUnits(settings, units, kind);

const runs = { numRuns: 2 };

for (const kind of [
  { ends: false, actions: "box" },
  { ends: true, actions: "discrete" },
] as const) {
  const name = kind.ends ? "where the world ends" : "where nothing ends";
  const own = life({}, kind);

  test(`powers of two between 2⁻³⁰ and 2³⁰ scale rewards, between 2⁻³⁴ and 2³⁴ observations, and change no bit, ${name}`, async () => {
    const exponent = (most: number) => integer({ min: -most, max: most });
    const property = asyncProperty(exponent(30), exponent(34), async (r, x) => {
      assert.equal(await life({ reward: 2 ** r, observation: 2 ** x }, kind), await own);
    });
    await check(property, {
      ...runs,
      examples: [
        [-30, 34],
        [30, -34],
      ],
    });
  });

  test(`a constant that is added to observations changes no bit, ${name}`, async () => {
    const property = asyncProperty(integer({ min: -(2 ** 30), max: 2 ** 30 }), async (shift) => {
      assert.equal(await life({ observationShift: shift / 8 }, kind), await own);
    });
    await check(property, { ...runs, examples: [[8e8], [-1.4e10]] });
  });
}

test("a constant that is added to every reward changes no bit where nothing ends", async () => {
  const kind = { ends: false, actions: "box" } as const;
  const own = life({}, kind);
  const property = asyncProperty(integer({ min: -(2 ** 30), max: 2 ** 30 }), async (shift) => {
    assert.equal(await life({ rewardShift: shift / 1024 }, kind), await own);
  });
  await check(property, { ...runs, examples: [[102_400], [-1e9]] });
});

test("other rewards change actions, and a constant does where the world ends", async () => {
  const differs = async (units: Units, kind: Kind) => {
    const [own, other] = [await life({}, kind), await life(units, kind)];
    return own.actions.some((action, i) => action !== other.actions[i]);
  };
  assert.ok(await differs({ reward: -1 }, { ends: false, actions: "box" }));
  assert.ok(await differs({ rewardShift: 100 }, { ends: true, actions: "discrete" }));
});

test.run();
