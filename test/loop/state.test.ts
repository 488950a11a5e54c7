import { test } from "uvu";
import * as assert from "uvu/assert";
import { beginning } from "../../src/loop/state.ts";
import { later } from "../helpers/later.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

test("actions are traced where the world cannot be copied", async () => {
  const { environment } = await smallAgent("pendulum");
  assert.is(beginning(environment).trace, undefined);
  const { save, ...saving } = environment;
  for (const world of [later(environment), saving])
    assert.equal(beginning(world).trace, { actions: [], answers: [] });
});

test.run();
