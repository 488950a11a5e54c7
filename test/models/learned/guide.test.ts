import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { box } from "../../../src/environments/environment.ts";
import { actionCoding } from "../../../src/models/actionCoding.ts";
import { allocateHabitRow, habitLogits } from "../../../src/models/learned/guide.ts";
import { allocateNetwork, initialiseNetwork } from "../../../src/models/network.ts";
import { randomRow } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { mlp, unpackNetwork } from "../../reference/nn.ts";

test("the habit's logits are those of its network: one bin after the other, group by group", async () => {
  const core = await createCore();
  const coding = actionCoding(box([-1, -1], [1, 1]), 5);
  const widths = [4, 12, 10];
  const habit = allocateNetwork(core, widths, "silu");
  initialiseNetwork(core, habit, { outputScale: 1, seed: [1, 0], stream: 2 });
  const row = allocateHabitRow(core, coding, [12]);
  const twin = { activation: "silu", layers: unpackNetwork(habit.parameters, widths) } as const;
  for (const seed of [1, 2]) {
    const features = randomRow(mulberry32(seed), 4);
    const logits = habitLogits(core, { habit }, row, core.f32(features), coding);
    assert.is(logits.length, 10);
    assert.ok(maxAbsError(logits, mlp(twin, features)) < 2e-6);
  }
});

test.run();
