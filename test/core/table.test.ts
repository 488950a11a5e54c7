import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { allocateTable, columnsOf, newestRow, pushRow, rowOf } from "../../src/core/table.ts";
import { savedArrays } from "../../src/core/tree.ts";

const core = await createCore();

test("a full table gives up its oldest row, and is saved as far as it is filled", () => {
  const table = allocateTable(core, 2, 3);
  for (let number = 1; number <= 7; number++) {
    const row = pushRow(table);
    rowOf(table, row).set([number, -number]);
    assert.is(row, (number - 1) % 3);
    assert.is(newestRow(table), row);
    assert.equal(table.counts, { rows: Math.min(3, number), next: number % 3 });
    assert.is(savedArrays({ table })["table.table"].length, 2 * Math.min(3, number));
  }
  assert.equal([...table.table], [7, -7, 5, -5, 6, -6]);
  assert.equal(columnsOf(table, 1, 1), { table: table.table, stride: 2, offset: 1, width: 1 });
});

test.run();
