import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readMinari } from "../../../src/adapters/logs/minari.ts";
import { transitionsOf } from "../../../src/adapters/logs/transitions.ts";
import { box } from "../../../src/environments/environment.ts";
import { messageOf } from "../../helpers/folder.ts";

const bytes = readFileSync(new URL("golden/main_data.hdf5", import.meta.url));
const spaces = { observationSpace: box([-99, -99], [99, 99]), actionSpace: box([-1], [1]) };

test("reads the episodes of a Minari file as transitions", async () => {
  const list = [];
  for await (const transition of transitionsOf(readMinari(bytes), spaces)) list.push(transition);
  assert.equal(
    list.map(({ observation, action, reward, nextObservation, terminated, truncated }) => [
      ...[observation, action, reward, nextObservation, terminated, truncated],
    ]),
    [
      [[0, 1], [-1], 0, [2, 3], false, false],
      [[2, 3], [0], 0.5, [4, 5], false, false],
      [[4, 5], [1], 1, [6, 7], true, false],
      [[10, 11], [-1], 0, [12, 13], false, false],
      [[12, 13], [1], 0.5, [14, 15], false, true],
    ],
  );
});

test("refuses other bytes, whole or cut short", async () => {
  for (const other of [new Uint8Array(100), bytes.subarray(0, 3000)]) {
    const got = await messageOf(async () => {
      for await (const _ of readMinari(other));
    });
    assert.match(got, /^bytes: expected main_data\.hdf5 of a Minari data set, got /);
  }
});

test.run();
