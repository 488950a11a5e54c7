/** A step of the belief against its f64 twin. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomModel, randomStep, type Shape } from "../../helpers/latent.ts";
import { stepParticles } from "../../helpers/latentParticles.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { type Rows, relativeError } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { draw, filterStep, type Model, priorsOf, type Step } from "../../reference/latent.ts";

const core = debugCore();

/** Of the largest latent: f32 rounds sums of a dozen products, twice. */
const TOLERANCE = 1e-6;
/**
 * In nats: (z − m_e) / σ_e of size .1 / .04 loses 6e-8 |z| / σ = 2e-6 |z| of itself, in each of up to eight latents;
 * log-likelihoods of size 10 lose 1e-6.
 */
const NATS = 3e-5;

/** A step that was seen in part, or completely. */
function stepOf(shape: Shape, isFirst: boolean, isComplete: boolean): Step {
  const step = randomStep(mulberry32(11), shape, isFirst);
  if (!isComplete) return { ...step, outcomeSeen: 1 };
  const seen = step.seen.map(() => 1);
  const observation = step.observation.map((_, d) =>
    shape.kind === "gaussian" ? 0.25 * d - 0.5 : Number(d === 1),
  );
  return { ...step, seen, observation, outcomeSeen: isFirst ? 0 : 1 };
}

const places = Object.entries(shapes).flatMap(([name, shape]) =>
  [true, false].flatMap((isFirst) =>
    [true, false].map((isComplete) => ({ name, shape, isFirst, isComplete })),
  ),
);

for (const { name, shape, isFirst, isComplete } of places) {
  const model = randomModel(mulberry32(2), shape);
  const when = `${isFirst ? "first" : "later"} step, ${isComplete ? "seen completely" : "seen in part"}, ${name}`;

  test(`proposals and increments match the f64 twin: ${when}`, () => {
    for (const ended of shape.hasEndings && !isFirst ? [0, 1] : [0]) {
      const step = { ...stepOf(shape, isFirst, isComplete), ended };
      const { particles, noise, next, members, logIncrements } = stepParticles(core, shape, model, step, {
        isFirst,
        isComplete,
      });
      const expected = particles.map((particle, n) =>
        filterStep(model, particle, step, { noise: noise[n], isFirst, isComplete }),
      );
      assert.ok(
        relativeError(
          next.flat(),
          expected.flatMap(({ z }) => z),
        ) < TOLERANCE,
      );
      assert.ok(
        maxAbsError(
          logIncrements,
          expected.map(({ logIncrement }) => logIncrement),
        ) < NATS,
      );
      // the member is carried on
      assert.equal(
        members,
        particles.map(({ member }) => member),
      );
    }
  });
}

const ensemble = shapes["Gaussian, three members, eight latents, endings"];

test("what was not seen is drawn from each particle's own member", () => {
  const model = randomModel(mulberry32(2), ensemble);
  const { transitions } = model;
  // members that differ by far more than they are wide
  const apart: Model = {
    ...model,
    transitions: transitions.map((network, e) => ({
      ...network,
      layers: network.layers.map(({ weight, bias }, l) => ({
        weight,
        bias: l === network.layers.length - 1 ? bias.map((b, o) => (o < ensemble.Z ? b + 4 * e : b)) : bias,
      })),
    })),
  };
  const step = { ...stepOf(ensemble, false, false), seen: new Array(ensemble.X).fill(0), outcomeSeen: 0 };
  const { particles, noise, next, logIncrements } = stepParticles(core, ensemble, apart, step, {
    isFirst: false,
    isComplete: false,
  });
  const expected: Rows = particles.map(({ z, member }, n) =>
    draw(priorsOf(apart, z, step.previousAction)[member], noise[n]),
  );
  assert.ok(relativeError(next.flat(), expected.flat()) < TOLERANCE);
  assert.equal(logIncrements, new Array(TILE).fill(0));
});

test("the first step that was not seen is drawn from N(0, 1)", () => {
  const step = { ...stepOf(ensemble, true, false), seen: new Array(ensemble.X).fill(0), outcomeSeen: 0 };
  const model = randomModel(mulberry32(2), ensemble);
  const { next, noise, logIncrements } = stepParticles(core, ensemble, model, step, {
    isFirst: true,
    isComplete: false,
  });
  assert.equal(next, noise);
  assert.equal(logIncrements, new Array(TILE).fill(0));
});

test("a reward that does not count is not seen by recognition either", () => {
  const model = randomModel(mulberry32(2), ensemble);
  const step = { ...stepOf(ensemble, false, true), outcomeSeen: 0 };
  const [one, other] = [step, { ...step, reward: step.reward + 1, endingReward: 5 }].map((step) =>
    stepParticles(core, ensemble, model, step, { isFirst: false, isComplete: true }),
  );
  assert.equal(other, one);
  const counted = stepParticles(
    core,
    ensemble,
    model,
    { ...step, outcomeSeen: 1 },
    { isFirst: false, isComplete: true },
  );
  assert.not.equal(counted.next, one.next);
});

test.run();
