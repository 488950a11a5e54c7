import type { Environment, SynchronousEnvironment } from "../../src/environments/environment.ts";

/** The same world, its answers promised, and without copies. */
export function later(world: SynchronousEnvironment): Environment {
  return {
    observationSpace: world.observationSpace,
    actionSpace: world.actionSpace,
    reset: async (options) => world.reset(options),
    step: async (action) => world.step(action),
  };
}
