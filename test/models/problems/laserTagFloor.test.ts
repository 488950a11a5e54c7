import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  clearCells,
  erf,
  floorOf,
  opponentMoves,
  readingTable,
} from "../../../src/models/problems/laserTagFloor.ts";

test("erf to 1e-7", () => {
  // Abramowitz & Stegun, table 7.1
  for (const [x, y] of [
    [0, 0],
    [0.5, 0.5204998778],
    [1, 0.8427007929],
    [2, 0.995322265],
    [3, 0.9999779095],
  ])
    assert.ok(Math.abs(erf(x) - y) < 1e-7, `${erf(x)}`);
  assert.ok(Math.abs(erf(4.4) - 1) < 1e-7);
});

test("the chances of a reading sum to one", () => {
  for (const rows of readingTable())
    for (const row of rows) assert.ok(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
});

test("lasers reach the wall, an obstacle or the opponent", () => {
  const floor = floorOf([27]); // (5, 2)
  const robot = 5; // (5, 0)
  assert.equal(
    [0, 1, 2, 3].map((laser) => clearCells(floor, robot, 76, laser)),
    [1, 0, 5, 5],
  );
  assert.is(clearCells(floor, robot, 8, 2), 2, "an opponent three cells to the east");
  assert.is(clearCells(floor, robot, 17, 4), 5 - 5, "one at (6, 1), on the diagonal");
  assert.is(clearCells(floor, robot, 18, 4), 5, "one at (7, 1), beside it");
});

test("the opponent's moves have probabilities that sum to one", () => {
  const floor = floorOf([13]);
  for (const robot of floor.free)
    for (const opponent of floor.free) {
      const moves = opponentMoves(floor, robot, opponent);
      assert.ok(Math.abs(moves.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-12);
      assert.ok(moves.every(({ to, probability }) => to !== 13 && probability > 0.19));
    }
});

test("refuses obstacles beside the floor", () => {
  assert.throws(() => floorOf([77]), /obstacles: expected whole numbers in \[0, 76\], got 77/);
});

test.run();
