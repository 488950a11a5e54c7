import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Claim, drawClaim, metricAt, trialsOf } from "../../../studies/reproduce/claim.ts";
import { claims } from "../../../studies/reproduce/claims.ts";
import { rowsOf } from "../../../studies/reproduce/table.ts";

const claim: Claim = {
  name: "looking",
  title: "It looks before it leaps",
  kind: "line",
  x: "β",
  y: "success",
  series: { belief: async (seed) => ({ seed }), path: async (seed) => ({ seed: -seed }) },
};
const at = (x: number | string) => metricAt(claim, x);
const results = [1, 2, 3].flatMap((seed) => [
  { task: "looking, belief", seed, figures: { [at(0)]: 0.5, [at(0.1)]: 0.8 + seed / 100, other: 7 } },
  { task: "looking, path", seed, figures: { [at(0)]: 0.5, [at(0.1)]: Infinity } },
  { task: "looking elsewhere", seed, figures: { [at(0.3)]: 40 } },
]);
const rows = rowsOf(results, ["looking, belief", "looking, path", "looking elsewhere"]);

test("a task is a claim and one of its series, or the claim where it has one", async () => {
  const { "looking, belief": belief, "looking, path": path, ...rest } = trialsOf([claim]);
  assert.equal([await belief(2), await path(2), rest], [{ seed: 2 }, { seed: -2 }, {}]);
  assert.equal(Object.keys(trialsOf([{ ...claim, series: { "": async () => ({}) } }])), ["looking"]);
});

test("a drawing has a dot for each finite figure of the claim, under its title and words", () => {
  const svg = drawClaim(claim, rows) ?? "";
  assert.is(svg.match(/<circle/g)?.length, 3);
  for (const words of ["It looks before it leaps", "β", "success"]) assert.match(svg, `>${words}</text>`);
  assert.match(svg, ">medians of 3 seeds, bars from the lower to the upper quartile</text>");
  assert.match(svg, ">path</tspan>");
  assert.is(svg.match(/<title|NaN/), null);
});

test("a series without rows is not in the legend, and a claim without rows is not drawn", () => {
  const one = rows.filter(({ task }) => task === "looking, belief");
  assert.not.match(drawClaim(claim, one) ?? "", "tspan");
  assert.is(drawClaim(claim, []), undefined);
  assert.is(
    drawClaim(
      claim,
      rows.filter(({ task }) => task === "looking elsewhere"),
    ),
    undefined,
  );
});

test("bars stand over the names of the settings", () => {
  const bars: Claim = { ...claim, kind: "bar", x: "route" };
  const figures = { [metricAt(bars, "quiet")]: 0.7, [metricAt(bars, "noisy")]: 0.3 };
  const svg =
    drawClaim(bars, rowsOf([{ task: "looking, belief", seed: 1, figures }], ["looking, belief"])) ?? "";
  for (const name of ["quiet", "noisy", "1 seed"]) assert.match(svg, `>${name}</text>`);
});

test("the claims have names of their own that suit a file", () => {
  const names = claims.map(({ name }) => name);
  assert.is(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[a-z0-9-]+$/);
});

test("the titles fit above a drawing", () => {
  for (const { title, name } of claims) assert.ok(title.length <= 58, name);
});

test("every task of a claim is on the page of the claims, and every drawing there is in its folder", () => {
  const folder = new URL("../../../docs/", import.meta.url);
  const page = readFileSync(new URL("claims.md", folder), "utf8");
  for (const task of Object.keys(trialsOf(claims)))
    assert.ok(page.includes(`--only "${task}"`) || page.includes(`--only ${task}\n`), task);
  const drawings = [...page.matchAll(/\]\((claims\/[^)]+)\)/g)].map(([, path]) => path);
  assert.ok(drawings.length >= claims.length - 1);
  for (const path of drawings) assert.match(readFileSync(new URL(path, folder), "utf8"), "</svg>");
});

test.run();
