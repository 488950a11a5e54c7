import { shown } from "../../core/expect.ts";
import type { Environment } from "../environment.ts";

/** The part of an environment that copies its running episode. */
type Copying = Pick<Environment, "save" | "load">;

/** What a wrapper keeps of the running episode, as plain data. */
export interface Kept {
  /** A copy of it. */
  save(): unknown;
  /** Goes on from such a copy. */
  load(kept: never): void;
}

/** `save` and `load` of an environment, where it has them, for a wrapper that keeps no state of its own. */
export function copying(environment: Environment): Copying {
  return {
    ...(environment.save && { save: () => environment.save?.() }),
    ...(environment.load && { load: (saved: unknown) => environment.load?.(saved) }),
  };
}

/** The same for a wrapper that keeps something itself: both copies in one, `{ world, kept }`. */
export function copyingWith(environment: Environment, kept: Kept): Copying {
  return {
    ...(environment.save && { save: () => ({ world: environment.save?.(), kept: kept.save() }) }),
    ...(environment.load && {
      load(saved: unknown) {
        if (typeof saved !== "object" || saved === null || !("world" in saved && "kept" in saved))
          throw new TypeError(`saved: expected an episode of this wrapper, got ${shown(saved)}`);
        environment.load?.(saved.world);
        kept.load(saved.kept as never);
      },
    }),
  };
}
