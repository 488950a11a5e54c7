/** What the worlds of the tests are made from. */
import { scalarMath } from "../../src/core/math.ts";
import { createRandom } from "../../src/core/random.ts";
import type { WorldTools } from "../../src/environments/world.ts";
import { debugCore } from "./debugCore.ts";

const core = debugCore(4096);

export const tools: WorldTools = {
  math: scalarMath(core),
  random: (seed, drawn) => createRandom(core, seed, 0, drawn),
};
