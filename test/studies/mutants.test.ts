import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSources } from "../../scripts/house/sources.ts";
import { openHome } from "../../studies/mutants/home.ts";
import { nearestTests } from "../../studies/mutants/nearest.ts";
import { mutantsOf, planted } from "../../studies/mutants/plant.ts";
import { latest, tableOf } from "../../studies/mutants/table.ts";

/** Each fault as its rule and the entire source. */
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

test("the nearest tests are a source's own, then those of who imports it, then the gate", () => {
  const sources = readSources("src", "assembly", "test");
  assert.is(nearestTests("src/learning/rescaling.ts", sources)[0], "learning/rescaling.test.ts");
  const tests = nearestTests("src/agent/archive.ts", sources);
  // listed elsewhere: it has no test at its path
  assert.is(tests[0], "agent/save.test.ts");
  assert.is(tests.at(-1), "gate.test.ts");
  for (const name of tests) assert.ok(sources.has(`test/${name}`), `${name} is no test`);
  const [own, ...counted] = nearestTests("src/core/counted.ts", sources);
  assert.is(own, "core/counted.test.ts");
  // of many, those of its folder
  assert.is(counted.length, 7);
  for (const name of counted.slice(0, 6)) assert.match(name, /^core\/(?!counted)/);
});

test("a fault is planted in a copy, and taken out again, by the next run where this one was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mutants-test-"));
  const path = "src/core/counted.ts";
  const text = readFileSync(path, "utf8");
  const [mutant] = mutantsOf(text);
  const file = join(folder, path);
  const left = join(folder, "planted.json");
  for (const part of ["src/core", "assembly", "test"]) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(file, text);
  const home = openHome(".", folder);
  assert.equal([...home.sources], [[path, text]]);
  const inside = await home.with({ path, text, mutant }, async () => {
    assert.ok(existsSync(left));
    return readFileSync(file, "utf8");
  });
  assert.is(inside, planted(text, mutant));
  assert.is(readFileSync(file, "utf8"), text);
  assert.not.ok(existsSync(left));
  writeFileSync(left, JSON.stringify({ path, text }));
  writeFileSync(file, inside);
  openHome(".", folder);
  assert.is(readFileSync(file, "utf8"), text);
  // no runner of tests is there: whatever is run has failed
  assert.is(await home.run("none"), "failed");
  rmSync(folder, { recursive: true });
});

test("the table counts by folder, and lists who lived", () => {
  const found = { path: "src/core/a.ts", line: 3, rule: "sign", was: "||", now: "&&", in: "a || b" };
  const text = tableOf([
    { ...found, caught: "core/a.test.ts", seconds: 1 },
    { ...found, caught: "survived", seconds: 1 },
    { ...found, path: "assembly/nn/b.ts", caught: "the build", seconds: 9 },
  ]);
  assert.match(text, "| `src/core` | 2 | 1 | 1 | 50 % |\n");
  assert.match(text, "| `assembly/nn` | 1 | 1 | 0 | 100 % |\n");
  assert.match(text, "| all | 3 | 2 | 1 | 67 % |\n");
  assert.ok(text.endsWith("| `src/core/a.ts` | 3 | `\\|\\|` → `&&` | `a \\|\\| b` |"), text);
});

test("of a fault that was tried again the last outcome counts", () => {
  const one = {
    path: "src/core/a.ts",
    line: 3,
    rule: "sign",
    was: "||",
    now: "&&",
    in: "a || b",
    seconds: 1,
  };
  const [lived, other] = [
    { ...one, caught: "survived" },
    { ...one, line: 4, caught: "survived" },
  ];
  const again = [lived, { ...one, caught: "core/a.test.ts" }];
  assert.equal(
    latest([lived, other], again).map(({ line, caught }) => [line, caught]),
    [
      [3, "core/a.test.ts"],
      [4, "survived"],
    ],
  );
});

test.run();
