import { test } from "uvu";
import * as assert from "uvu/assert";
import { worlds } from "../../../studies/worlds/index.ts";
import { controllerPolicy, play, randomPolicy } from "../../../studies/worlds/world.ts";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const world of worlds)
  test(`${world.name}: the controller does better than chance`, async () => {
    const [chance, controlled] = await Promise.all(
      [randomPolicy, controllerPolicy].map(async (policy) => mean(await play(world, policy, 8))),
    );
    assert.ok(controlled > chance, `${controlled} against ${chance}`);
  });

test.run();
