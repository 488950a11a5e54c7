import { test } from "uvu";
import * as assert from "uvu/assert";
import { TILE } from "../../src/core/tiles.ts";
import { collectPaths, unscaleRows } from "../../src/inference/explain.ts";
import type { Planner } from "../../src/inference/plan.ts";

test("rows are brought back to their units, and rows beyond the size stay", () => {
  const rows = new Float32Array(3 * TILE).fill(2);
  unscaleRows(rows, Float32Array.of(4, 0.5), Float32Array.of(1, -1), 2);
  assert.equal([rows[0], rows[TILE - 1], rows[TILE], rows[2 * TILE]], [1.5, 1.5, 3, 2]);
});

test("paths of tiles become one path a candidate, in what `read` makes of the states", () => {
  const [candidates, horizon, stateRows] = [40, 2, 3];
  const planner = {
    settings: { candidates },
    record: { horizon },
    model: { stateRows },
  } as unknown as Planner;
  // each number says where it lies: candidate, time, row
  const paths = Float32Array.from({ length: 2 * (horizon + 1) * stateRows * TILE }, (_, i) => {
    const [n, row] = [i % TILE, Math.floor(i / TILE) % stateRows];
    const [time, tile] = [
      Math.floor(i / TILE / stateRows) % (horizon + 1),
      Math.floor(i / TILE / stateRows / (horizon + 1)),
    ];
    return 100 * (tile * TILE + n) + 10 * time + row;
  });
  const read = (states: Float32Array) => states.subarray(TILE, 3 * TILE);
  const actual = collectPaths(planner, paths, { size: 2, read });
  const expected = Array.from({ length: candidates }, (_, c) =>
    [0, 1, 2].flatMap((time) => [1, 2].map((row) => 100 * c + 10 * time + row)),
  );
  assert.equal([...actual], expected.flat());
});

test.run();
