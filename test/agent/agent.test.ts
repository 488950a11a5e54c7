import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, createAgent, createEnvironment, discrete } from "../../src/index.ts";
import { small, smallAgent } from "../helpers/smallAgent.ts";

const spaces = { observationSpace: box([-1, -1], [1, 1]), actionSpace: discrete(2) };

/** The error of an agent with a wrong option or space: its kind and message. */
async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    return String(error);
  }
}

for (const [options, message] of [
  [{ seed: -1 }, "RangeError: seed: expected a whole number ≥ 0, got -1"],
  [{ members: 0 }, "RangeError: members: expected a whole number in [1, 64], got 0"],
  [{ hidden: 64 }, "TypeError: hidden: expected up to 4 widths, got 64"],
  [{ hidden: [8, 0.5] }, "RangeError: hidden[1]: expected a whole number in [1, 1024], got 0.5"],
  [{ activation: "step" }, "RangeError: activation: expected one of tanh, silu, relu, got step"],
  [{ candidates: 30 }, "RangeError: candidates: expected a positive multiple of 4, got 30"],
  [{ horizon: Number.NaN }, "RangeError: horizon: expected a whole number in [1, 1000], got NaN"],
  [{ temperature: 0 }, "RangeError: temperature: expected a number ≥ 0.000001, got 0"],
  [{ discount: "1" }, 'TypeError: discount: expected a number, got "1"'],
  [{ batch: 48 }, "RangeError: batch: expected a positive multiple of 32, got 48"],
  [{ horizon: "5" }, 'RangeError: horizon: expected a whole number in [1, 1000], got "5"'],
  [{ candidates: "32" }, 'RangeError: candidates: expected a positive multiple of 4, got "32"'],
  [{ hidden: "64" }, 'TypeError: hidden: expected up to 4 widths, got "64"'],
  [{ usesValue: 1 }, "TypeError: usesValue: expected true or false, got 1"],
  [{ exploration: "none" }, "RangeError: exploration: expected one of sample, greedy, got none"],
  [{ model: "Latent" }, "RangeError: model: expected one of observed, latent, got Latent"],
  [
    { klBudget: 1 },
    'TypeError: options: expected known names, got klBudget, which belongs to model: "latent"',
  ],
  [{ horizons: 3 }, "TypeError: options: expected known names, got horizons"],
] as const)
  test(`refuses the option ${JSON.stringify(options)}`, async () => {
    assert.is(await refusal(() => createAgent(spaces, options as never)), message);
  });

test("refuses spaces that no agent suits", async () => {
  const { observationSpace, actionSpace } = spaces;
  const boundless = box([-1, 0], [1, Infinity]);
  assert.is(
    await refusal(() => createAgent({ observationSpace, actionSpace: boundless })),
    "RangeError: actionSpace: expected finite bounds low < high, got [0, Infinity] at 1",
  );
  assert.is(
    await refusal(() => createAgent({ observationSpace: actionSpace as never, actionSpace })),
    "TypeError: observationSpace: expected a box, got discrete",
  );
});

test("says that an environment is yet to come", async () => {
  const message =
    "TypeError: spaces: expected an environment, or its two spaces, got a Promise: `await` is missing";
  for (const options of [{}, { model: "latent" }] as const)
    assert.is(await refusal(() => createAgent(createEnvironment("pendulum") as never, options)), message);
});

test("shows its settings, spaces and steps", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  assert.is(agent.options.horizon, small.horizon);
  assert.is(agent.options.temperature, 1);
  assert.equal(agent.spaces.actionSpace, environment.actionSpace);
  assert.is(agent.steps, 0);
});

test.run();
