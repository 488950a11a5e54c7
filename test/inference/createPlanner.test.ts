/** Planners in memories of their own. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { exactFilter } from "../../src/inference/belief/exact.ts";
import { createPlanner } from "../../src/inference/createPlanner.ts";
import { solvePomdp } from "../../src/inference/offline/solvePomdp.ts";
import type { PlannerOptions } from "../../src/inference/plannerOptions.ts";
import { plannerOf } from "../../src/inference/posterior.ts";
import { linearGaussianModel } from "../../src/models/linearGaussian.ts";
import type { KnownModel } from "../../src/models/model.ts";
import { lightDark } from "../../src/models/problems/lightDark.ts";
import { lightDarkLine } from "../../src/models/problems/lightDarkLine.ts";
import { tiger } from "../../src/models/problems/tiger.ts";
import { tMaze } from "../../src/models/problems/tMaze.ts";

const core = await createCore({ bytes: 1 << 25 });

const walk = linearGaussianModel({
  transition: [[1]],
  control: [[1, 0.5]],
  observation: [[1], [0.2]],
  transitionCovariance: [[0.1]],
  observationCovariance: [
    [0.5, 0.2],
    [0.2, 0.4],
  ],
  stateCost: [[1]],
  valueCost: [[1]],
});

const MODELS: readonly (readonly [string, KnownModel])[] = [
  ["a small table", tMaze()],
  ["a larger one", lightDark()],
  ["a linear system", walk],
];
// sizes at which a forgotten array would not fit into the rest of the memory's last page
const CASES: readonly PlannerOptions[] = [
  { candidates: 2048 },
  { candidates: 2048, search: "smc" },
  { candidates: 256, particles: 64, conditioning: "path", contrasts: 64 },
  { candidates: 256, horizon: 64, klBudget: 0.5 },
];

for (const [name, model] of MODELS)
  for (const settings of CASES)
    test(`of ${name} it has room, and the bits of a shared core: ${JSON.stringify(settings)}`, async () => {
      const belief = {
        states: new Float32Array(settings.particles ?? 16),
        logWeights: new Float32Array(settings.particles ?? 16),
      };
      const own = await createPlanner(model, settings);
      const [first, second] = [own, own].map((planner) => [...planner.plan(belief).mean]);
      core.scope(() => {
        const shared = plannerOf(core, model, settings);
        assert.equal(
          [first, second],
          [0, 1].map(() => [...shared.plan(belief).mean]),
        );
      });
    });

test("plans from what a filter believes", async () => {
  const maze = tMaze();
  const settings = { particles: 8, horizon: 2, temperature: 0.02, informationWeight: 0.3 };
  const planner = await createPlanner(maze, settings);
  const filter = exactFilter(core, maze);
  filter.update();
  assert.is(planner.plan(filter).action, 0);
  filter.update({ action: 0, observation: 1 });
  assert.is(planner.plan(filter).action, 2);
});

for (const [settings, message] of [
  [{ candidates: 30 }, "RangeError: candidates: expected a multiple of 4 in [4, 65536], got 30"],
  [{ horizon: Number.NaN }, "RangeError: horizon: expected a whole number in [1, 1000], got NaN"],
  [{ temprature: 1 }, "TypeError: options: expected known names, got temprature"],
] as [PlannerOptions, string][])
  test(`refuses ${JSON.stringify(settings)}`, async () => {
    const error = await createPlanner(tMaze(), settings).catch(String);
    assert.is(error, message);
  });

test("refuses what is no model, and a model without actions", async () => {
  const { control: _, stateCost: __, ...blind } = walk.matrices;
  assert.is(
    await createPlanner({} as KnownModel).catch(String),
    "TypeError: model: expected tabularModel(…) or linearGaussianModel(…), got an object of nothing",
  );
  assert.is(
    await createPlanner(linearGaussianModel(blind)).catch(String),
    "RangeError: control: expected actions to plan, got none",
  );
});

test("plans of one step that end in a solution's value are the solution's", async () => {
  const options = { particles: 2, horizon: 1, temperature: 1e-4, discount: 0.95, informationWeight: 0 };
  const solution = await solvePomdp(tiger(), { discount: 0.95 });
  const [solved, alone] = [
    await createPlanner(tiger(), { ...options, search: "closed" }, solution),
    await createPlanner(tiger(), { ...options, search: "closed" }),
  ];
  for (let left = 0.02; left < 1; left += 0.04) {
    const belief = { states: [0, 1], logWeights: [Math.log(left), Math.log(1 - left)] };
    const expected = solution.plan([left, 1 - left]);
    const { action, value } = solved.plan(belief);
    assert.is(action, expected.action, `${left}`);
    assert.ok(Math.abs(value - expected.value) < 0.01, `${left}: ${value}, not ${expected.value}`);
    // without it a step is all there is
    assert.ok(alone.plan(belief).value < expected.value - 5);
  }
});

test("refuses values of another kind of model, and where sequences are planned", async () => {
  const solution = await solvePomdp(tiger(), { discount: 0.95 });
  const values = { values: () => [] };
  for (const [model, options, practised, message] of [
    [tiger(), { search: "closed" }, values, /^practised: expected a solution of solvePomdp/],
    [lightDarkLine(), {}, solution, /^practised: expected what practise/],
    [tiger(), { search: "sequences" }, solution, /^practised: expected search "closed" or "prior" beside it/],
  ] as const)
    try {
      await createPlanner(model, options, practised);
      assert.unreachable(`${message}`);
    } catch (error) {
      assert.match((error as Error).message, message);
    }
});

test.run();
