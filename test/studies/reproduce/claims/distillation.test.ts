import { test } from "uvu";
import * as assert from "uvu/assert";

import { createAgent, createEnvironment, loadAgent } from "../../../../src/index.ts";
import { withSettings } from "../../../../studies/reproduce/claims/distillation.ts";
import { numbersOf } from "../../../helpers/files.ts";

test("an agent is loaded with other settings, and all that it has learned", async () => {
  const world = await createEnvironment("pendulum");
  const agent = await createAgent(world, { members: 1, hidden: [8], memory: 64, lessons: 32, seed: 3 });
  const before = agent.save();
  const copy = await loadAgent(withSettings(before, { candidates: 8, habitShare: 0.5 }));
  assert.equal(copy.options, { ...agent.options, candidates: 8, habitShare: 0.5 });
  const numbers = numbersOf(before);
  assert.ok(Object.keys(numbers).length > 20);
  assert.equal(numbersOf(copy.save()), numbers);
});

test.run();
