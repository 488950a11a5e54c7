import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import {
  allocateTerminals,
  drawRows,
  endingSurplus,
  listedTerminals,
  listTerminal,
  type Terminals,
  unlistTerminal,
} from "../../src/learning/terminals.ts";

const core = await createCore();
const listOf = (size: number, rows: readonly number[] = []): Terminals => {
  const list = allocateTerminals(core, size);
  for (const row of rows) listTerminal(list, row);
  return list;
};

test("lists rows until it is full, then gives up older ones", () => {
  const list = listOf(3, [10, 20, 30]);
  assert.equal([...listedTerminals(list)], [10, 20, 30]);
  listTerminal(list, 40);
  assert.equal([...listedTerminals(list)].sort(), [20, 30, 40]);
  assert.equal(list.counts, { terminations: 4, rows: 3 });
});

test("a row that is overwritten leaves the list; one that is not listed changes nothing", () => {
  const list = listOf(4, [10, 20, 30]);
  unlistTerminal(list, 10);
  unlistTerminal(list, 99);
  assert.equal([...listedTerminals(list)].sort(), [20, 30]);
});

test("an eighth of a batch is drawn from the terminals, while there are any", () => {
  const draw = { rows: 1000, seed: [1, 0] as const, stream: 7, step: 3 };
  const indices = core.u32(64);
  drawRows(core, indices, listOf(4), draw);
  const plain = [...indices];
  assert.ok(plain.every((row) => row < 1000) && new Set(plain).size > 50);
  drawRows(core, indices, listOf(4, [2000, 3000]), draw);
  assert.equal([...indices.subarray(0, 56)], plain.slice(0, 56));
  assert.ok(indices.subarray(56).every((row) => row === 2000 || row === 3000));
});

test("members draw batches of their own", () => {
  const draw = { rows: 1000, seed: [1, 0] as const, stream: 7, step: 3 };
  const [first, second] = [core.u32(64), core.u32(64)];
  drawRows(core, first, listOf(4, [5, 6]), draw);
  drawRows(core, second, listOf(4, [5, 6]), { ...draw, member: 1 });
  assert.not.equal([...first], [...second]);
});

test("the surplus is the log-odds of an ending in a batch over those in the experience", () => {
  const logit = (p: number) => Math.log(p / (1 - p));
  assert.is(endingSurplus(core, 0), 0);
  for (const share of [0.001, 0.1]) {
    const expected = logit(1 / 8 + (7 / 8) * share) - logit(share);
    assert.ok(Math.abs(endingSurplus(core, share) - expected) < 1e-12);
  }
  // chunks that hold one ending in ten steps
  const expected = logit(0.1 / 8 + (7 / 8) * 0.01) - logit(0.01);
  assert.ok(Math.abs(endingSurplus(core, 0.01, 0.1) - expected) < 1e-12);
  assert.ok(Number.isFinite(endingSurplus(core, 1)));
});

test.run();
