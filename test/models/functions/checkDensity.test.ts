import { test } from "uvu";
import * as assert from "uvu/assert";
import { densityProblems, emptyBatch } from "../../../src/models/functions/checkDensity.ts";
import { type Model, shapeOf } from "../../../src/models/functions/model.ts";
import { tools, walk } from "../../helpers/functions.ts";

/** What is told of a model at some places. */
function told(model: Model): readonly string[] {
  const shape = shapeOf(model);
  const walked = emptyBatch(shape, 16);
  for (const name of ["states", "actions", "next", "rewards"] as const) walked[name].fill(0.5);
  const lines: string[] = [];
  densityProblems(
    { model, shape, tools: tools(), report: (what, why) => lines.push(`${what}: ${why}`) },
    walked,
    4096,
  );
  return lines;
}

test("a density that is half of what it should be is found at every place, with the figure", () => {
  const lines = told({
    ...walk,
    logDensity(out, x, batch, drawn) {
      walk.logDensity?.(out, x, batch, drawn);
      out.forEach((value, n) => {
        out[n] = value - Math.LN2;
      });
    },
  });
  assert.is(lines.length, 4);
  for (const line of lines)
    assert.match(line, /^logDensity: expected a density whose integral is 1, got 0\.(49|5)\d* ± 0\.0\d+$/);
});

test("the right one is left alone, and so is what is counted", () => {
  assert.equal(told(walk), []);
  const counted: Model = {
    ...walk,
    observe(x, { next, count }, { uniform }) {
      uniform(x);
      for (let n = 0; n < count; n++) x[n] = Math.round(next[n] + 3 * x[n]);
    },
    logDensity: (out) => void out.fill(-2),
  };
  assert.equal(told(counted), []);
});

test.run();
