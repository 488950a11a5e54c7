import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSources } from "../../scripts/house/sources.ts";
import { mutantsOf, planted } from "../../studies/mutants/plant.ts";

/** Each fault as its rule and the whole source. */
const faults = (source: string) =>
  mutantsOf(source).map((mutant) => [mutant.rule, planted(source, mutant)] as const);

test("plants each rule where it applies, and one fault at a time", () => {
  assert.equal(faults("const margin = 0.3 * -range;"), [
    ["constant", "const margin = 3 * -range;"],
    ["sign", "const margin = 0.3 / -range;"],
    ["sign", "const margin = 0.3 *  range;"],
  ]);
  assert.equal(
    faults("function f(a: number, b: number) { if (a < b && !a) count(a); }").map(([, text]) =>
      text.slice(35),
    ),
    [
      "if (a <= b && !a) count(a); }",
      "if (a < b || !a) count(a); }",
      "if (a < b &&  a) count(a); }",
      "if (a < b && !a) ; }",
    ],
  );
  assert.equal(
    faults("x = i === 0 ? 1 : 2;").map(([, text]) => text),
    [";", "x = i !== 0 ? 1 : 2;", "x = i === 1 ? 1 : 2;", "x = i === 0 ? 2 : 2;", "x = i === 0 ? 1 : 3;"],
  );
});

test("leaves words, types and errors alone, and reads AssemblyScript", () => {
  for (const source of [
    'import { a } from "b";',
    "type Size = 3 | 4;",
    'const name = "a" + b;',
    "const text = `$\u007b1 + 2}`;",
    "function f() { throw new RangeError(1 + 2); }",
  ])
    assert.equal(faults(source), [], source);
  const kernel = "@inline\nexport function pad(n: usize): usize {\n  return (n + 3) & ~3;\n}\n";
  assert.equal(
    faults(kernel).map(([rule]) => rule),
    ["sign", "constant", "constant"],
  );
  assert.ok(
    faults(kernel)[0][1].startsWith("@inline\nexport function pad(n: usize): usize {\n  return (n - 3)"),
  );
});

test("every source can be read, and most have places for faults", () => {
  const sources = [...readSources("src", "assembly")].filter(([path]) => !path.endsWith(".d.ts"));
  const counts = sources.map(([path, text]) => {
    try {
      return mutantsOf(text).length;
    } catch (error) {
      throw new Error(path, { cause: error });
    }
  });
  assert.ok(counts.filter((count) => count > 0).length > 0.7 * sources.length);
  assert.ok(counts.reduce((sum, count) => sum + count, 0) > 10_000);
});

test.run();
