import { test } from "uvu";
import * as assert from "uvu/assert";
import { colours, darkStyle, lineColour } from "../../src/runs/palette.ts";

test("the colours of lines repeat after six", () => {
  const six = Array.from({ length: 6 }, (_, i) => lineColour(i));
  assert.is(new Set(six).size, 6);
  assert.equal([6, 11].map(lineColour), [six[0], six[5]]);
});

test("on a dark page every colour has another in its place", () => {
  const style = darkStyle();
  for (const colour of [...Object.values(colours), ...[0, 1, 2, 3, 4, 5].map(lineColour)])
    for (const name of ["fill", "stroke"]) {
      const [, dark] = style.match(new RegExp(`\\[${name}="${colour}"\\]\\{${name}:(#[0-9a-f]{6})\\}`)) ?? [];
      assert.ok(dark !== undefined && dark !== colour, `${name} ${colour}`);
    }
});

test.run();
