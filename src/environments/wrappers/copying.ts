import type { Environment } from "../environment.ts";

/** `save` and `load` of an environment, where it has them, for a wrapper that keeps no state of its own. */
export function copying(environment: Environment): Pick<Environment, "save" | "load"> {
  return {
    ...(environment.save && { save: () => environment.save?.() }),
    ...(environment.load && { load: (saved: unknown) => environment.load?.(saved) }),
  };
}
