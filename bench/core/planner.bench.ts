import { type PlanSizes, planCases } from "../../src/bench/cases/planner.ts";
import { createCore } from "../../src/core/core.ts";
import { headSize } from "../../src/models/generativeModel.ts";
import { worldOf } from "../../test/plan.ts";
import { randomNetwork } from "../../test/reference/nn.ts";
import type { World } from "../../test/reference/planner.ts";
import { mulberry32 } from "../../test/reference.ts";
import { allocatePlan, iterate } from "../baseline/planner.ts";
import { compare } from "../compare.ts";

const random = mulberry32(1);

/** Five members with the given hidden layers, simulated with noise. */
function problem({ D, A, width, activation, ...sizes }: PlanSizes): World {
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
    ...sizes,
  });
}

for (const { name, sizes, run } of planCases(await createCore({ bytes: 1 << 22 }))) {
  const plain = allocatePlan(problem(sizes));
  compare(name, { wasm: run, typescript: () => iterate(plain) });
}
