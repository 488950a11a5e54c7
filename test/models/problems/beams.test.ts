import { test } from "uvu";
import * as assert from "uvu/assert";
import { beamOf } from "../../../src/models/problems/beams.ts";

test("beams are the eighths of the circle, their left edges included", () => {
  for (let i = 1; i <= 720; i++) {
    const angle = (i * Math.PI) / 360;
    // on the edges, which sine and cosine miss by rounding, the point is given exactly below
    if (i % 90 === 0) continue;
    assert.is(
      beamOf(Math.cos(angle), Math.sin(angle)),
      Math.ceil((8 * angle) / (2 * Math.PI)) - 1,
      `${i / 2}°`,
    );
  }
  const edges = [[1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0]]; // biome-ignore format: one circle
  assert.equal(
    edges.map(([x, y]) => beamOf(x, y)),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  assert.is(beamOf(0, 0), 7);
});

test.run();
