/** Every row of the tables of options: its default, its range, its documentation, and who reads it. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSources, withoutComments } from "../../scripts/house/sources.ts";
import { optionDocs as docsOfSources } from "../../scripts/optionDocs.mjs";
import { optionsPage, PAGE } from "../../scripts/optionsPage.mjs";
import { OPTIONS, type Options, RULES, resolveOptions, type Settings } from "../../src/agent/options.ts";
import { optionDocs } from "../../src/core/generated/optionDocs.ts";
import { type AnyRow, checked, defaultOf, servedOf } from "../../src/core/options.ts";
import { box, discrete } from "../../src/index.ts";
import { FILTER_RULES } from "../../src/inference/rules.ts";

const SUBJECTS = ["observed", "latent", "planner", "filter"];
const ROWS: readonly (readonly [string, AnyRow])[] = Object.entries<AnyRow>(OPTIONS);

/** Code that reads settings: all but the tables. */
const READERS = [...readSources("src")]
  .filter(([path]) => !/options\.ts$|presets\.ts$|^src\/cli/.test(path))
  .map(([, source]) => withoutComments(source))
  .join("\n");

/** Bounds of a row for a subject, undefined where the kind has none, and the divisor. */
function boundsOf({ spec }: AnyRow, subject: string) {
  const of = (bound: AnyRow["spec"]["from"]) => (typeof bound === "object" ? bound[subject] : bound);
  return { from: of(spec.from), to: of(spec.to), divisor: of(spec.multipleOf) ?? 1 };
}

test("the tables hold every option, each with a subject that it serves", () => {
  assert.ok(ROWS.length >= 70, `${ROWS.length} rows`);
  for (const [name, row] of ROWS) assert.ok(servedOf(row, SUBJECTS).length > 0, name);
});

for (const [name, row] of ROWS)
  test(`${name}: documented, read, bounded, and its default lies in its range`, () => {
    assert.match(optionDocs[name] ?? "", /^.{8,}\.$/s, "documented in a sentence");
    assert.ok(new RegExp(`\\b${name}\\b`).test(READERS), "read by code outside the tables");
    for (const subject of servedOf(row, SUBJECTS)) {
      const initial = defaultOf(row, subject);
      assert.equal(checked(name, row, initial, subject), initial, subject);
      const { from, to, divisor } = boundsOf(row, subject);
      if (from === undefined || to === undefined) {
        assert.ok(["flag", "choice"].includes(row.kind), "bounds");
        continue;
      }
      for (const bound of [from, to]) {
        const value = ["wholes", "reals"].includes(row.kind) ? [bound] : bound;
        if (row.kind !== "whole" || bound % divisor === 0)
          assert.equal(checked(name, row, value, subject), value);
        // what reaches a kernel is finite there, and no bound above 0 becomes 0
        assert.ok(Number.isFinite(Math.fround(bound)), `${bound}`);
        assert.is(Math.sign(Math.fround(bound)), Math.sign(bound));
      }
      const step = row.kind === "whole" ? divisor : 1e-3 * (to - from);
      for (const wrong of [from - step, to + step, Number.NaN, Infinity, -Infinity, "1", null, [], {}]) {
        const value = ["wholes", "reals"].includes(row.kind) ? [wrong] : wrong;
        assert.throws(
          () => checked(name, row, value, subject),
          (error: Error) => error.message.startsWith(`${name}: expected `),
        );
      }
    }
  });

/** Values of a row: in its range for a subject, or at its bounds, or beyond. */
function valuesOf(row: AnyRow, subject: string): fc.Arbitrary<unknown> {
  const { from = 0, to = 0, divisor } = boundsOf(row, subject);
  const { choices, words = [] } = row.spec;
  if (row.kind === "flag") return fc.boolean();
  if (row.kind === "choice") return fc.constantFrom(...Object.values(choices ?? {}).flat());
  const number =
    row.kind === "whole"
      ? fc
          .integer({ min: Math.max(from, -1e9) / divisor, max: Math.min(to, 1e9) / divisor + 1 })
          .map((n) => n * divisor)
      : fc.double({ min: from, max: to, noNaN: true });
  if (row.kind === "wholes") return fc.array(fc.integer({ min: from, max: to }), { maxLength: 4 });
  if (row.kind === "reals") return fc.array(number, { maxLength: 3 });
  return fc.oneof({ arbitrary: number, weight: 9 }, fc.constantFrom(from, to, ...words));
}

for (const model of ["observed", "latent"] as const)
  test(`settings of an agent with model ${model} are settled: resolved or saved and resolved, they stay the same`, () => {
    const rows = ROWS.filter(([name, row]) => name !== "model" && servedOf(row, [model]).length > 0);
    const options = fc
      .shuffledSubarray(rows, { maxLength: 6 })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map(([name, row]) => [name, valuesOf(row, model)]))),
      );
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(options, fc.constantFrom(box([-1], [1]), discrete(3)), (given, actionSpace) => {
        const resolved = (from: object) => resolveOptions({ ...from, model } as Options, { actionSpace });
        let settings: Settings;
        try {
          settings = resolved(given);
          taken++;
        } catch (error) {
          assert.match(String(error), /^RangeError: \w+: expected .*, got /);
          refused++;
          return;
        }
        assert.equal(resolved(settings), settings);
        assert.equal(resolved(JSON.parse(JSON.stringify(settings))), settings);
        for (const [name, row] of rows) checked(name, row, Object(settings)[name], model);
      }),
      { numRuns: 1000, seed: 1 },
    );
    assert.ok(taken > 100 && refused > 20, `${taken} taken, ${refused} refused`);
  });

test("every rule names an option of the tables, and its value of no effect is one that the option takes", () => {
  for (const { option, off, serves } of [...RULES, ...FILTER_RULES]) {
    const row = new Map(ROWS).get(option);
    assert.ok(row, option);
    const served = servedOf(row, serves ?? SUBJECTS);
    assert.ok(served.length > 0, option);
    for (const subject of served) checked(option, row, off ?? defaultOf(row, subject), subject);
  }
});

test("the build wrote the documentation of the sources", () => {
  assert.equal(optionDocs, docsOfSources());
});

test("docs/options.md is the tables: npm run options writes it", () => {
  assert.is(readFileSync(new URL(`../../${PAGE}`, import.meta.url), "utf8"), optionsPage());
});

test.run();
