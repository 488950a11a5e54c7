/** What the options of an agent with a belief refuse, and their defaults. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LATENT_DEFAULTS } from "../../../src/agent/latent/options.ts";
import { resolveLatentOptions } from "../../../src/agent/latent/resolve.ts";
import { box, createAgent, discrete } from "../../../src/index.ts";

const resolve = (options: object) => resolveLatentOptions({ model: "latent", ...options } as never);

test("options left out or undefined have their defaults", () => {
  assert.equal(resolve({ seed: undefined }), LATENT_DEFAULTS);
  assert.equal(resolve({ candidates: 8, chunk: 5 }), { ...LATENT_DEFAULTS, candidates: 8, chunk: 5 });
});

for (const [options, type, message] of [
  [{ learningrate: 1 }, TypeError, "options: expected known names, got learningrate"],
  [{ seed: -1 }, RangeError, "seed: expected a whole number ≥ 0, got -1"],
  [{ particles: 33 }, RangeError, "particles: expected a whole number in [1, 32], got 33"],
  [{ chunk: 1 }, RangeError, "chunk: expected a whole number in [2, 256], got 1"],
  [{ overshootStarts: 0 }, RangeError, "overshootStarts: expected a whole number ≥ 1, got 0"],
  [{ discount: 1.5 }, RangeError, "discount: expected a number in [0, 1], got 1.5"],
  [{ discount: "1" }, TypeError, 'discount: expected a number, got "1"'],
  [{ temperature: 0 }, RangeError, "temperature: expected a number ≥ 0.000001, got 0"],
  [{ klBudget: -1 }, RangeError, "klBudget: expected a number ≥ 0, got -1"],
  [{ usesValue: 1 }, TypeError, "usesValue: expected true or false, got 1"],
  [{ planner: "cem" }, RangeError, "planner: expected one of iterated, smc, got cem"],
  [{ bound: "elbo" }, RangeError, "bound: expected one of generative, discriminative, got elbo"],
  [{ latentSize: 6 }, RangeError, "latentSize: expected a positive multiple of 4, got 6"],
  [{ candidates: 30 }, RangeError, "candidates: expected a positive multiple of 4, got 30"],
  [{ hidden: 64 }, TypeError, "hidden: expected up to 4 widths, got 64"],
  [{ decoderHidden: [0] }, RangeError, "decoderHidden[0]: expected a whole number in [1, 1024], got 0"],
  [{ observationNoise: 0 }, RangeError, "observationNoise: expected a number ≥ 0.0001, got 0"],
  [{ observationNoise: "small" }, RangeError, "observationNoise: expected one of change, learned, got small"],
  [{ conditioning: "member" }, RangeError, 'members: expected at least 2 with conditioning "member", got 1'],
  [
    { observationNoise: "learned", overshoot: 0 },
    RangeError,
    "overshoot: expected at least 1 with learned noise, got 0",
  ],
  [{ risk: "evidence", klBudget: 0.1 }, RangeError, 'klBudget: expected 0 with risk "evidence", got 0.1'],
  [
    { bound: "discriminative", marginalWeight: 0.1 },
    RangeError,
    "marginalWeight: expected 0 with the discriminative bound, got 0.1",
  ],
] as const)
  test(`refuses ${JSON.stringify(options)}`, () => {
    assert.throws(
      () => resolve(options),
      (error: Error) => error instanceof type && error.message === message,
    );
  });

test("createAgent refuses them too, and spaces that are no box", async () => {
  const spaces = { observationSpace: box([0], [1]), actionSpace: discrete(2) };
  for (const [options, from, message] of [
    [{ members: 0 }, spaces, "members: expected a whole number in [1, 16], got 0"],
    [{}, { ...spaces, observationSpace: discrete(3) }, "observationSpace: expected a box, got discrete"],
  ] as const)
    try {
      await createAgent(from as never, { model: "latent", ...options });
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, message);
    }
});

test.run();
