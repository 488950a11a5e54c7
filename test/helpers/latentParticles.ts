/** A tile of particles for the belief's kernel. */
import type { Core } from "../../src/core/core.ts";
import { allocateLatentFilter, latentFilterStep, setLatentFilter } from "../../src/core/latent.ts";
import { pad4, TILE } from "../../src/core/tiles.ts";
import { fromTiles, gaussian, toTiles } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";
import type { Model, Step } from "../reference/latent.ts";
import { buildModel, fillEvidence, type Shape } from "./latent.ts";

export interface Situation {
  readonly isFirst: boolean;
  readonly isComplete: boolean;
}

/** A tile of particles, one observation, and what the kernel makes of them. */
export function stepParticles(
  core: Core,
  shape: Shape,
  model: Model,
  step: Step,
  { isFirst, isComplete }: Situation,
) {
  const { Z, X, A, E } = shape;
  const random = mulberry32(5);
  const particles = Array.from({ length: TILE }, (_, n) => ({
    z: Array.from({ length: Z }, () => Math.fround(gaussian(random))),
    member: (n * 7) % E,
  }));
  const noise = particles.map(({ z }) => z.map(() => Math.fround(gaussian(random))));
  return core.scope(() => {
    const built = buildModel(core, model, shape);
    const single = () => core.f32(pad4(1) * TILE);
    const evidence = {
      observations: core.f32(pad4(X) * TILE),
      seen: core.f32(pad4(X) * TILE),
      previousActions: core.f32(pad4(A) * TILE),
      rewards: single(),
      endingRewards: single(),
      ended: single(),
      outcomeSeen: single(),
    };
    fillEvidence(
      evidence,
      particles.map(() => [step]),
    );
    const record = allocateLatentFilter(core);
    setLatentFilter(core, record, {
      model: built.record.words,
      ...evidence,
      rewardClip: 1,
      endingOffset: model.endingOffset,
      isFirst: Number(isFirst),
      isComplete: Number(isComplete),
      noise: core.f32(toTiles(noise, Z)),
      heads: core.f32(E * 2 * Z * TILE),
      correction: core.f32(2 * Z * TILE),
      prior: core.f32(3 * Z * TILE),
      logLikelihoods: core.f32(TILE),
    });
    const previous = core.f32(
      toTiles(
        particles.map(({ z, member }) => [...z, member]),
        Z + 1,
      ),
    );
    const next = core.f32((Z + 1) * TILE).fill(Number.NaN);
    const logIncrements = core.f32(TILE).fill(Number.NaN);
    latentFilterStep(core, record, next, logIncrements, previous);
    return {
      particles,
      noise,
      next: fromTiles(next, TILE, Z, Z + 1),
      members: fromTiles(next, TILE, 1, Z + 1, Z).flat(),
      logIncrements: [...logIncrements],
    };
  });
}
