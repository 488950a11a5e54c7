import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadAgent } from "../../../src/index.ts";
import { edited } from "../../helpers/files.ts";
import { isSame, live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";

for (const [task, options] of [
  ["pendulum", {}],
  ["cartpole", { usesValue: true, observationNoise: "learned" }],
  ["t-maze", { members: 2, memory: 64, usesValue: true }],
] as const)
  for (const steps of [15, 49, 110])
    test(`a loaded agent of ${task} continues with the same bits after ${steps} steps`, async () => {
      const { agent, environment } = await latentAgent(task, options);
      live(agent, environment, steps);
      const bytes = agent.save();
      const loaded = await loadAgent(bytes);
      assert.ok(isSame(loaded.save(), bytes));
      assert.equal([loaded.steps, loaded.options, loaded.spaces], [steps, agent.options, agent.spaces]);
      const { observation } = environment.reset({ seed: 3 });
      const acts = [agent, loaded].map((one) => {
        one.reset();
        return (["plan", "habit"] as const).map((policy) => one.act(observation, { policy }));
      });
      assert.equal(acts[1], acts[0]);
      const infos = [agent, loaded].map((one) => live(one, environment, 60, 2));
      assert.equal(infos[1], infos[0]);
      assert.ok(isSame(loaded.save(), agent.save()));
    });

test("an untrained agent, whose rewards have no range yet, can be saved", async () => {
  const { agent } = await latentAgent("cartpole");
  const loaded = await loadAgent(agent.save());
  assert.ok(isSame(loaded.save(), agent.save()));
  assert.equal(loaded.act([0, 0, 0, 0]), agent.act([0, 0, 0, 0]));
  assert.equal(loaded.explain().belief, agent.explain().belief);
});

test("an array of another size is named", async () => {
  const [{ agent }, { agent: other }] = [
    await latentAgent("pendulum"),
    await latentAgent("pendulum", { bins: 11 }),
  ];
  const settings = JSON.stringify({ ...agent.options, bins: 11 });
  const wrong = edited(agent.save(), { texts: { settings } });
  assert.is(other.steps, 0);
  try {
    await loadAgent(wrong);
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /^FileError: [\w.]+: expected \d+ values, got \d+$/);
  }
});

test.run();
