import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { closedPlannerOf } from "../../../src/inference/closed/closedPlanner.ts";
import { resolvePlanner } from "../../../src/inference/plannerOptions.ts";
import { practise, type RoundReport } from "../../../src/learning/known/practise.ts";
import { lightDarkLine } from "../../../src/models/problems/lightDarkLine.ts";

const plan = {
  ...{ particles: 32, horizon: 2, budget: 40, temperature: 0.01, informationWeight: 0, discount: 0.9 },
};
const options = {
  plan,
  rounds: 3,
  episodes: 12,
  updates: 200,
  steps: 30,
  particles: 128,
  visits: 3,
  seed: 1,
};

test("learns in the model that a known place near the goal is worth the way there", async () => {
  const reports: RoundReport[] = [];
  const { values, save } = await practise(lightDarkLine(), {
    ...options,
    onRound: (report) => reports.push(report),
  });
  assert.equal(
    reports.map(({ round }) => round),
    [0, 1, 2],
  );
  assert.ok(reports[2].beliefs > reports[0].beliefs);
  const at = (place: number) => ({
    states: new Float32Array(32).fill(place),
    weights: new Float32Array(32).fill(1 / 32),
  });
  const [near, far] = Array.from(values([at(1.5), at(9)]));
  // two steps and a stop are worth 81 at most
  assert.ok(near > 30 && near < 110 && near > far, `${near}, ${far}`);
  const again = await practise(lightDarkLine(), { ...options, rounds: 0, from: save() });
  assert.equal(Array.from(again.values([at(1.5)])), [near], "what is saved is what was learned");
  const planner = closedPlannerOf(
    await createCore(),
    lightDarkLine(),
    resolvePlanner({ ...plan, search: "closed" }),
    { values },
  );
  const states = new Float32Array(32).fill(4);
  assert.is(planner.plan({ states, logWeights: new Float32Array(32) }).action, 0, "down, beyond the horizon");
});

test("same seed, same value", async () => {
  const short = { ...options, rounds: 1, episodes: 3 };
  const [one, other] = await Promise.all([
    practise(lightDarkLine(), short),
    practise(lightDarkLine(), short),
  ]);
  const cloud = { states: new Float32Array(32).fill(2), weights: new Float32Array(32).fill(1 / 32) };
  assert.equal(Array.from(one.values([cloud])), Array.from(other.values([cloud])));
});

test.run();
