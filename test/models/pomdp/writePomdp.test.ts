import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readPomdp } from "../../../src/models/pomdp/readPomdp.ts";
import { writePomdp } from "../../../src/models/pomdp/writePomdp.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { tiger, tMaze } from "../../../src/problems.ts";
import { drawn, drawnModel } from "../../helpers/sparse.ts";

test("what is written is read back, to the bit", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(drawn, (shape) => {
      const model = drawnModel(shape);
      kinds.add(model.reward.dependsOn);
      assert.equal(readPomdp(writePomdp(model)), model);
    }),
    { numRuns: 300, seed: 4 },
  );
  assert.is(kinds.size, 3);
});

test("numbers keep their last bit", () => {
  const model = { ...sparseOf(tiger()), discount: 0.1 + 0.2 };
  const values = Float64Array.from(model.reward.values, (r) => r / 3);
  const back = readPomdp(writePomdp({ ...model, reward: { dependsOn: "action", values } }));
  assert.equal([back.discount, back.reward.values], [0.30000000000000004, values]);
});

test("tables need a discount, and endings are refused", () => {
  assert.equal(readPomdp(writePomdp(tiger(), { discount: 0.95 })), { ...sparseOf(tiger()), discount: 0.95 });
  assert.throws(() => writePomdp(tiger()), /^discount: expected a number in \[0, 1\], got undefined$/);
  assert.throws(
    () => writePomdp(tMaze(), { discount: 0.9 }),
    /^ending: expected steps that never end the world/,
  );
});

test.run();
