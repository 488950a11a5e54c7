/** What an agent's options refuse, and what they become. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { adjust, resolveOptions } from "../../src/agent/options.ts";
import { box, discrete } from "../../src/index.ts";

/** The refusal of some options: its kind and message. */
function refusal(options: object, acting = {}): string {
  try {
    resolveOptions(options, acting);
    return "none";
  } catch (error) {
    return String(error);
  }
}

test("an agent sees the state unless it is asked for a belief", () => {
  assert.equal(
    [{}, { model: undefined }, { model: "observed" }, { model: "latent", search: "smc" }].map(
      (options) => resolveOptions(options as object).model,
    ),
    ["observed", "observed", "observed", "latent"],
  );
});

test("options left out or undefined have the defaults of their kind of agent", () => {
  const defaults = resolveOptions({ model: "latent" });
  assert.equal(resolveOptions({ model: "latent", seed: undefined } as object), defaults);
  assert.equal(resolveOptions({ model: "latent", candidates: 8, chunk: 5 }), {
    ...defaults,
    candidates: 8,
    chunk: 5,
  });
  assert.is(defaults.horizon, 20);
  assert.is(resolveOptions().horizon, 25);
  assert.is(resolveOptions({ imagination: 0, batch: undefined } as object).model, "observed");
  assert.not("chunk" in resolveOptions());
  assert.not("batch" in defaults);
});

test("lists are copied", () => {
  const hidden = [8];
  const settings = resolveOptions({ hidden });
  hidden[0] = 16;
  assert.equal(settings.hidden, [8]);
  assert.is.not(resolveOptions().hidden, resolveOptions().hidden);
});

for (const [options, message] of [
  [{ model: "Latent" }, 'RangeError: model: expected one of observed, latent, got "Latent"'],
  [{ model: null }, "RangeError: model: expected one of observed, latent, got null"],
  [{ horizons: 3 }, "TypeError: options: expected known names, got horizons"],
  [{ horizons: undefined }, "TypeError: options: expected known names, got horizons"],
  [
    { horizon: 5, search: "smc" },
    'TypeError: options: expected those that serve "observed", got search, which serves "latent" and "planner"',
  ],
  [
    { model: "latent", batch: 32 },
    'TypeError: options: expected those that serve "latent", got batch, which serves "observed"',
  ],
  [
    { resampling: "residual" },
    'TypeError: options: expected those that serve "observed", got resampling, which serves "filter"',
  ],
  [{ learningRate: 1e38 }, "RangeError: learningRate: expected a number in [0, 1], got 1e+38"],
  [{ minimumStd: Infinity }, "RangeError: minimumStd: expected a number in [1e-6, 100], got Infinity"],
  [{ temperature: 1e39 }, "RangeError: temperature: expected a number in [1e-12, 1e12] or auto, got 1e+39"],
  [{ updates: 5e8 }, "RangeError: updates: expected a whole number in [0, 10000], got 500000000"],
  [{ seed: -1 }, "RangeError: seed: expected a whole number ≥ 0, got -1"],
  [
    { model: "latent", observationNoise: 0 },
    "RangeError: observationNoise: expected a number in [0.0001, 100] or auto or change or learned, got 0",
  ],
  [
    { model: "latent", observationNoise: "small" },
    'RangeError: observationNoise: expected a number in [0.0001, 100] or auto or change or learned, got "small"',
  ],
] as const)
  test(`refuses ${JSON.stringify(options)}`, () => {
    assert.is(refusal(options), message);
  });

/** Options that would be without effect beside the others, and what is said of them. */
const idle = [
  [
    { model: "latent", particles: 1, informationWeight: 0.1 },
    'informationWeight: expected 0 unless particles is at least 2 or conditioning is not "belief", got 0.1',
  ],
  [
    { model: "latent", risk: "evidence", klBudget: 0.1 },
    'klBudget: expected 0 unless risk is "variational", got 0.1',
  ],
  [
    { model: "latent", conditioning: "member" },
    'conditioning: expected "belief" unless members is at least 2, got "member"',
  ],
  [
    { model: "latent", contrasts: 4 },
    'contrasts: expected 1 unless conditioning is "path" or marginalWeight is above 0, got 4',
  ],
  [
    { model: "latent", search: "smc", essShare: 0.5 },
    'essShare: expected 0.1 unless search is "sequences", got 0.5',
  ],
  [{ bins: 11 }, "bins: expected 21 unless actions are continuous, got 11"],
  [{ minimumStd: 0.3 }, "minimumStd: expected 0.15 unless actions are continuous, got 0.3"],
  [
    { model: "latent", observationKind: "bernoulli", observationNoise: 0.1 },
    'observationNoise: expected 0.005 unless observationKind is "gaussian", got 0.1',
  ],
  [
    { model: "latent", changeShare: 0.3 },
    'changeShare: expected 0.15 unless observationNoise is "change" or "learned", got 0.3',
  ],
  [{ usesValue: false, valueRate: 0.3 }, "valueRate: expected 0.1 unless usesValue is true, got 0.3"],
  [{ usesValue: false, valueLessons: 100 }, "valueLessons: expected 600 unless usesValue is true, got 100"],
  [
    { model: "latent", valueAwaitsTermination: true },
    "valueAwaitsTermination: expected false unless usesValue is true, got true",
  ],
  [{ model: "latent", returnDecay: 0.5 }, "returnDecay: expected 0.9 unless usesValue is true, got 0.5"],
  [
    { model: "latent", habitShare: 0, trustRegion: 0.5 },
    "trustRegion: expected 0 unless habitShare is above 0, got 0.5",
  ],
  [{ imagination: 0, imaginedSteps: 5 }, "imaginedSteps: expected 29 unless imagination is above 0, got 5"],
  [
    { model: "latent", bound: "discriminative", informationWeight: 0.1 },
    'informationWeight: expected 0 unless bound is "generative", got 0.1',
  ],
  [
    { model: "latent", bound: "discriminative", marginalWeight: 0.1 },
    'marginalWeight: expected 0 unless bound is "generative", got 0.1',
  ],
  [
    { model: "latent", bound: "discriminative", resampleBelow: 0.9 },
    'resampleBelow: expected 0.5 unless bound is "generative", got 0.9',
  ],
  [
    { model: "latent", bound: "discriminative", regularisation: 0.1 },
    'regularisation: expected 0 unless bound is "generative", got 0.1',
  ],
  [
    { model: "latent", marginalSteps: 5 },
    "marginalSteps: expected 1000 unless marginalWeight is above 0, got 5",
  ],
  [
    { model: "latent", chunk: 4 },
    "overshoot: expected 0 unless chunk is at least 2 more than overshootFrom, got 8",
  ],
  [
    { model: "latent", overshoot: 0, overshootFrom: 1 },
    "overshootFrom: expected 3 unless overshoot is at least 1, got 1",
  ],
  [
    { model: "latent", overshoot: 0, overshootStarts: 1 },
    "overshootStarts: expected 4 unless overshoot is at least 1, got 1",
  ],
  [
    { model: "latent", overshoot: 0, observationNoise: "learned" },
    'observationNoise: expected 0.005 unless overshoot is at least 1, got "learned"',
  ],
] as const;

for (const [options, message] of idle)
  test(`refuses what has no effect: ${JSON.stringify(options)}`, () => {
    assert.is(refusal(options, { actionSpace: discrete(2) }), `RangeError: ${message}`);
  });

test("takes all of them where they have an effect, and their defaults where they have none", () => {
  const continuous = { actionSpace: box([-1], [1]) };
  for (const options of [
    { model: "latent", particles: 1, informationWeight: 0.1, conditioning: "path", contrasts: 4 },
    { model: "latent", overshoot: 0, overshootFrom: 3, marginalSteps: 1000, changeShare: 0.15 },
    { model: "latent", marginalWeight: 0.1, marginalSteps: 5, contrasts: 4 },
    { model: "latent", usesValue: true, valueRate: 0.1, returnDecay: 0.5 },
    { bins: 11, minimumStd: 0.3 },
  ])
    assert.is(refusal(options, continuous), "none");
});

test("adjusts what may change while an agent lives, and nothing else", () => {
  const settings = resolveOptions({ seed: 3 });
  adjust(settings, { informationWeight: 0.2 }, {});
  assert.equal(settings, resolveOptions({ seed: 3, informationWeight: 0.2 }));
  for (const [adjustments, message] of [
    [{ seed: 4 }, "TypeError: adjustments: expected informationWeight, got seed"],
    [{ informationWeight: -1 }, "RangeError: informationWeight: expected a number in [0, 1e12], got -1"],
  ] as const)
    assert.throws(
      () => adjust(settings, adjustments as object, {}),
      (error: Error) => String(error) === message,
    );
  assert.is(settings.informationWeight, 0.2);
});

test.run();
