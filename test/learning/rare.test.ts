import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { including, NO_MOMENTS } from "../../src/learning/moments.ts";
import { allocateRareRows, drawRareRows, listRare, unlistRare } from "../../src/learning/rare.ts";

const core = await createCore({ bytes: 1 << 16 });

/** Mean 1, standard deviation 3. */
const moments = [...new Array(9).fill(0), 10].reduce(including, NO_MOMENTS);

test("rewards more than a standard deviation from the mean are listed, in either direction", () => {
  const rare = allocateRareRows(core, 8);
  for (const [row, reward] of [1, 3.9, 4.1, -1.9, -2.1, 10].entries()) listRare(rare, row, reward, moments);
  assert.equal([...rare.list.subarray(0, rare.counts.rows)], [2, 4, 5]);
});

test("rewards that never differ are not rare", () => {
  const rare = allocateRareRows(core, 8);
  listRare(rare, 0, 5, [5, 5, 5].reduce(including, NO_MOMENTS));
  assert.is(rare.counts.rows, 0);
});

test("a full list takes no more; a row that is overwritten leaves it", () => {
  const rare = allocateRareRows(core, 2);
  for (const row of [7, 8, 9]) listRare(rare, row, 10, moments);
  assert.equal([...rare.list], [7, 8]);
  unlistRare(rare, 7);
  unlistRare(rare, 100);
  assert.equal([...rare.list.subarray(0, rare.counts.rows)], [8]);
});

const draw = (share: number, listed: number, member = 0) => {
  const rare = allocateRareRows(core, 8);
  for (let i = 0; i < listed; i++) listRare(rare, 100 + i, 10, moments);
  const indices = core.u32(new Array(32).fill(1));
  drawRareRows(core, indices, rare, { share, rows: 20, seed: [1, 2], step: 3, member });
  return [...indices];
};

test("a share of the batch is drawn among them; the rest stays", () => {
  const indices = draw(0.25, 3);
  assert.ok(indices.slice(0, 8).every((row) => row >= 100 && row < 103));
  assert.ok(indices.slice(8).every((row) => row === 1));
  assert.ok(new Set(indices.slice(0, 8)).size > 1);
  assert.equal(draw(0.25, 3), indices);
  assert.not.equal(draw(0.25, 3, 1), indices);
});

test("nothing is drawn where they have their share of the table anyway, where there are none, or without a share", () => {
  for (const [share, listed] of [
    [0.25, 5],
    [0.25, 0],
    [0, 3],
    [0.05, 3],
  ])
    assert.ok(
      draw(share, listed).every((row) => row === 1),
      `${share} ${listed}`,
    );
});

test("where some lie further than eight deviations, those alone are listed; a row takes four places at most", () => {
  const rare = allocateRareRows(core, 8);
  for (const [row, reward] of [10, 1000, -10, -1000].entries()) listRare(rare, row, reward, moments);
  assert.equal([...rare.list.subarray(0, rare.counts.rows)], [1, 3]);
  const indices = core.u32(new Array(64).fill(9));
  drawRareRows(core, indices, rare, { share: 0.25, rows: 200, seed: [1, 2], step: 3, member: 0 });
  assert.is([...indices].filter((row) => row !== 9).length, 8);
});

test.run();
