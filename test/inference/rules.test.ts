import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlanner } from "../../src/inference/createPlanner.ts";
import { isTree, PLAN_RULES } from "../../src/inference/rules.ts";
import { tiger } from "../../src/models/problems/tiger.ts";

test("two ways to search are trees of beliefs", () => {
  assert.equal(
    ["sequences", "smc", "closed", "prior"].map((search) => isTree({ search })),
    [false, false, true, true],
  );
});

for (const [options, message] of [
  [
    { search: "closed", candidates: 128 },
    'candidates: expected 64 unless search is "sequences" or "smc", got 128',
  ],
  [{ search: "sequences", budget: 10 }, 'budget: expected 1000 unless search is "closed" or "prior", got 10'],
  [
    { search: "prior", risk: "evidence" },
    'risk: expected "variational" unless search is "sequences" or "smc", got "evidence"',
  ],
] as const)
  test(`refuses ${JSON.stringify(options)}`, async () => {
    try {
      await createPlanner(tiger(), options);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, message);
    }
  });

/** Settings of a plan in which every option of every rule has an effect. */
const whole = {
  ...{
    search: "sequences",
    iterations: 4,
    particles: 8,
    temperature: 1,
    rewardNoise: 0.1,
    conditioning: "path",
  },
  ...{ members: 2, risk: "variational", marginalWeight: 0, priorWeight: 1, isDiscrete: false },
};
/** Whether an option has an effect beside those, where some are others. */
const isRead = (option: string, serves: string, others: object) =>
  PLAN_RULES.filter((rule) => rule.option === option && rule.serves?.includes(serves) !== false).every(
    ({ isRead }) => isRead({ ...whole, ...others } as never),
  );

for (const [option, serves, idle, alsoRead] of [
  ["candidates", "planner", { search: "closed" }, { search: "smc" }],
  ["minimumStd", "planner", { search: "prior" }, { search: "smc" }],
  ["budget", "planner", {}, { search: "prior" }],
  ["temperature", "planner", { temperature: "auto" }, {}],
  ["rewardNoise", "planner", { rewardNoise: "auto" }, {}],
  [
    "informationWeight",
    "planner",
    { particles: 1, conditioning: "belief" },
    { particles: 2, conditioning: "belief" },
  ],
  ["informationWeight", "latent", { particles: 1, conditioning: "belief" }, { particles: 1 }],
  ["klBudget", "latent", { risk: "evidence" }, {}],
  ["conditioning", "latent", { conditioning: "member", members: 1 }, { conditioning: "member" }],
  ["contrasts", "latent", { conditioning: "belief" }, { conditioning: "belief", marginalWeight: 0.1 }],
  ["contrasts", "planner", { conditioning: "belief", marginalWeight: 0.1 }, {}],
  ["iterations", "planner", { search: "smc" }, { search: "smc", iterations: 1 }],
  ["broadShare", "planner", { search: "sequences" }, { search: "smc" }],
  ["broadShare", "observed", { priorWeight: 0 }, { priorWeight: 0.1 }],
  ["minimumStd", "latent", { isDiscrete: true }, {}],
  ["minimumStd", "planner", { isDiscrete: true }, {}],
  ["priorStd", "planner", { isDiscrete: true }, { isDiscrete: undefined }],
] as const)
  test(`${option} of the ${serves} kind has no effect where ${JSON.stringify(idle)}, and one where ${JSON.stringify(alsoRead)}`, () => {
    assert.equal([isRead(option, serves, idle), isRead(option, serves, alsoRead)], [false, true]);
  });

test.run();
