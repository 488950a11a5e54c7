/** What the chunk bound computes on its way up: latents, fresh draws, log-likelihoods and the terms. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildChunks, chunksOf, laneOf, noiseOf, pass, randomWorld } from "../../helpers/latent.ts";
import { shapes } from "../../helpers/latentShapes.ts";
import { relativeError, sum } from "../../reference/arrays.ts";
import { chunkSteps, foresight, priorsOf } from "../../reference/latent.ts";
import { mlp } from "../../reference/nn.ts";

const core = debugCore();

/** Of the largest value: f32 rounds by 6e-8, sums of a dozen products and up to seven steps add up to 2e-7. */
const TOLERANCE = 1e-6;

for (const [name, shape] of Object.entries(shapes)) {
  const world = randomWorld(shape);
  const { model } = world;

  test(`latents and their fresh draws match the f64 twin: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world);
      pass(core, built, { marginalWeight: 0.5, overshootWeight: 1 });
      const { pass: found } = built.learner.work;
      for (const [lane, steps] of chunksOf(world)) {
        const expected = chunkSteps(model, steps, noiseOf(built, lane, shape));
        const latents = laneOf(found.latents, lane, shape).slice(0, steps.length);
        assert.ok(
          relativeError(
            latents.flat(),
            expected.flatMap(({ z }) => z),
          ) < 3e-6,
        );
        const predictedMeans = laneOf(found.predictedMeans, lane, shape).slice(0, steps.length);
        assert.ok(
          relativeError(
            predictedMeans.flat(),
            expected.flatMap(({ base }) => base),
          ) < 3e-6,
        );
        for (let k = 0; k < shape.contrasts; k++) {
          const fresh = laneOf(found.freshLatents, lane, shape, k * shape.steps).slice(0, steps.length);
          assert.ok(
            relativeError(
              fresh.flat(),
              expected.flatMap((step) => step.fresh[k]),
            ) < 3e-6,
          );
        }
      }
    });
  });

  if (shape.kind === "gaussian" && shape.steps > shape.overshootFrom + 1)
    test(`residuals are the mean squared errors of what the last member foresees one step ahead: ${name}`, () => {
      core.scope(() => {
        const built = buildChunks(core, world);
        pass(core, built, { marginalWeight: 0, overshootWeight: 1 });
        const member = model.transitions.length - 1;
        const { overshootFrom: from, overshootStarts: starts } = shape;
        const all = chunksOf(world).flatMap(([lane, steps]) =>
          chunkSteps(model, steps, noiseOf(built, lane, shape))
            .slice(from, from + starts)
            .flatMap(({ z }, s) => {
              const next = steps[from + s + 1];
              return next ? [{ z: priorsOf(model, z, next.previousAction)[member].mean, ...next }] : [];
            }),
        );
        const expected = model.observationStd.map((_, d) => {
          const seen = all.filter((step) => step.seen[d] === 1);
          const squares = seen.map(
            ({ z, observation }) => (mlp(model.observation, z)[d] - observation[d]) ** 2,
          );
          return squares.length === 0 ? 0 : sum(squares) / squares.length;
        });
        assert.ok(expected.some((residual) => residual > 0.01));
        assert.ok(relativeError(built.learner.work.pass.residuals, expected) < TOLERANCE);
      });
    });

  test(`the terms match the f64 twin: ${name}`, () => {
    core.scope(() => {
      const built = buildChunks(core, world);
      pass(core, built, { marginalWeight: 0.5, overshootWeight: 2 });
      const { pass: found } = built.learner.work;
      const each = chunksOf(world).map(([lane, steps]) => {
        const terms = chunkSteps(model, steps, noiseOf(built, lane, shape));
        const latents = terms.map(({ z }) => z);
        const { overshoot: longest, overshootFrom: from, overshootStarts: starts } = shape;
        return { terms, steps, foreseen: foresight(model, steps, latents, { longest, from, starts }) };
      });
      const steps = each.flatMap(({ terms }) => terms);
      const mean = (values: number[]) => sum(values) / steps.length;
      const errors = each.flatMap(({ terms, steps }) =>
        steps.flatMap((step, t) =>
          step.outcomeSeen && !step.ended
            ? [(mlp(model.outcome, [...terms[t].z, ...step.previousAction])[0] - step.reward) ** 2]
            : [],
        ),
      );
      const expected = [
        mean(steps.map(({ logLikelihood }) => logLikelihood)),
        mean(steps.map(({ logLikelihood, logMarginal }) => logLikelihood - logMarginal)),
        mean(steps.map(({ divergence }) => -divergence)),
        mean(each.map(({ foreseen }) => foreseen)),
        sum(errors) / errors.length,
      ];
      for (const [i, value] of expected.entries())
        assert.ok(Math.abs(found.terms[i] - value) <= TOLERANCE * Math.max(1, Math.abs(value)));
    });
  });
}

test.run();
