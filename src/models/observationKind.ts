import type { ObservationKind } from "../core/observationKind.ts";
import type { Space } from "../environments/environment.ts";
import { flattenSpace } from "../environments/flatten.ts";

/**
 * How observations of a space are distributed about what a latent predicts, where nothing else is said: one-hot of a discrete space
 * ("categorical"), 0 or 1 in each place where there is no box ("bernoulli"), else "gaussian".
 */
export function observationKindOf(space: Space): ObservationKind {
  if (space.kind === "discrete") return "categorical";
  return hasBox(space) ? "gaussian" : "bernoulli";
}

function hasBox(space: Space): boolean {
  if (space.kind === "dict" || space.kind === "tuple") return Object.values(space.spaces).some(hasBox);
  return space.kind === "box";
}

/** @throws RangeError unless observations of the space can be so distributed */
export function expectObservationKind(kind: ObservationKind, space: Space): void {
  const refuse = (expected: string, reason: string) => {
    throw new RangeError(`observationKind: expected ${expected}, as ${reason}, got "${kind}"`);
  };
  if (kind === "gaussian") return;
  const { low, high } = flattenSpace(space);
  const outside = low.findIndex((bound, d) => bound < 0 || high[d] > 1);
  if (outside >= 0)
    refuse(
      '"gaussian"',
      `observations lie in [${low[outside]}, ${high[outside]}] at ${outside}, beyond 0 and 1`,
    );
  if (kind === "categorical" && space.kind !== "discrete" && space.kind !== "box")
    refuse(`"${observationKindOf(space)}"`, `observations are of a ${space.kind}, with several ones`);
}
