import { createCore } from "../../src/core/core.ts";
import { propose, refine, rollout, weigh } from "../../src/core/planner.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { buildPlan, worldOf } from "../../test/plan.ts";
import { randomNetwork } from "../../test/reference/nn.ts";
import type { World } from "../../test/reference/planner.ts";
import { mulberry32 } from "../../test/reference.ts";
import { allocatePlan, iterate } from "../baseline/planner.ts";
import { compare } from "../compare.ts";

const core = await createCore({ bytes: 1 << 22 });
const random = mulberry32(1);

/** Five members with the given hidden layers, simulated with noise. */
function problem(
  [D, A, width]: readonly [number, number, number],
  activation: "tanh" | "silu",
  changes: Partial<World>,
): World {
  const bins = 21;
  const hidden = [width, width];
  const members = [0, 1, 2, 3, 4];
  return worldOf(D, A, {
    models: members.map(() => randomNetwork(random, [D + A, ...hidden, headSize(D)], activation)),
    habit: randomNetwork(random, [D, ...hidden, A * bins], activation),
    value: randomNetwork(random, [D, ...hidden, 1], activation),
    bins,
    particles: 5,
    usesNoise: true,
    discount: 0.99,
    essShare: 0.1,
    minimumStd: 0.15,
    stepScale: new Array<number>(D).fill(0.1),
    ...changes,
  });
}

for (const [name, world] of [
  [
    "plan  5 members × 1024 particles × 20 steps, 16-128-128-24 tanh",
    problem([10, 6, 128], "tanh", { candidates: 1024, horizon: 20 }),
  ],
  [
    "plan  32 candidates × 5 members × 12 steps, 4-64-64-10 silu",
    problem([3, 1, 64], "silu", { candidates: 32, horizon: 12, habitCandidates: 8, usesValue: true }),
  ],
] as const)
  core.scope(() => {
    const { plan } = buildPlan(core, world);
    const baseline = allocatePlan(world);
    compare(name, {
      wasm: () => {
        propose(core, plan);
        rollout(core, plan);
        weigh(core, plan);
        refine(core, plan);
      },
      typescript: () => iterate(baseline),
    });
  });
