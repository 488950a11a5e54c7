import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readParquet } from "../../../src/adapters/logs/parquet.ts";
import { messageOf } from "../../helpers/folder.ts";

const bytes = readFileSync(new URL("golden/log.parquet", import.meta.url));

test("reads rows with lists, numbers and flags", async () => {
  const rows = [];
  for await (const row of readParquet(bytes)) rows.push(row);
  assert.is(rows.length, 5);
  assert.equal(rows[2], {
    ...{ episode: 0n, observation: [4, 5], action: [1], reward: 1, nextObservation: [6, 7] },
    ...{ terminated: true, truncated: false },
  });
});

test("refuses other bytes, whole or cut short", async () => {
  for (const other of [new Uint8Array(100), bytes.subarray(0, 1000)]) {
    const got = await messageOf(() => readParquet(other).next());
    assert.match(got, /^bytes: expected a Parquet file, got one of which hyparquet says: /);
  }
});

test.run();
