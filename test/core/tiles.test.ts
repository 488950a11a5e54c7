import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { pad4, TILE, tilesFor } from "../../src/core/tiles.ts";

test("rows are padded to whole groups of four, particles to whole tiles", () => {
  assert.equal([0, 1, 4, 5, 8].map(pad4), [0, 4, 4, 8, 8]);
  assert.equal([0, 1, 32, 33].map(tilesFor), [0, 1, 1, 2]);
});

test("a tile is that of the kernels", () => {
  const memory = readFileSync(new URL("../../assembly/memory.ts", import.meta.url), "utf8");
  assert.is(memory.match(/export const TILE: usize = (\d+)/)?.[1], String(TILE));
});

test.run();
