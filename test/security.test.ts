/** What SECURITY.md names exists. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(`${root}SECURITY.md`, "utf8");
const rows = text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| threat"));

/** The test that the last column of a row names: its file, and how its sentence begins. */
const named = rows.map((row) => row.match(/\| `([\w/]+)`: ([^|]+) \|$/)?.slice(1, 3) ?? [row, ""]);

/** The constant parts of the sentences of a file's tests. */
function sentencesOf(path: string): readonly string[] {
  const source = readFileSync(path, "utf8");
  return [...source.matchAll(/\btest\(\s*(["'`])((?:\\.|(?!\1)[\s\S])*)\1/g)].map(
    ([, , sentence]) => sentence,
  );
}

for (const [file, sentence] of named)
  test(`the test exists: ${file}, ${sentence}`, () => {
    const path = `${root}test/${file}.test.ts`;
    assert.ok(existsSync(path), path);
    assert.ok(sentence.length > 5);
    const found = sentencesOf(path).some((written) =>
      written.replace(/^\$\{[^}]*\}[^:]*: /, "").startsWith(sentence),
    );
    assert.ok(found, `no test of ${file} begins with: ${sentence}`);
  });

test("every threat names a guard and a test", () => {
  assert.ok(rows.length > 25, `${rows.length} threats`);
  for (const row of rows) assert.is(row.split("|").filter((cell) => cell.trim() !== "").length, 3, row);
});

test("a test that does not exist would be missed", () => {
  assert.not.ok(
    sentencesOf(`${root}test/security.test.ts`).some((written) => written.startsWith("no such test")),
  );
  assert.ok(sentencesOf(`${root}test/security.test.ts`).includes("every threat names a guard and a test"));
});

test("every package of the lock is of one version and has a hash of 512 bits", () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"));
  const entries = Object.entries<{ version: string; integrity: string }>(packages).filter(
    ([path]) => path !== "",
  );
  assert.ok(entries.length > 200);
  for (const [path, { version, integrity }] of entries) {
    assert.match(version, /^\d+\.\d+\.\d+/, path);
    assert.match(integrity, /^sha512-[\w+/]{86}==$/, path);
  }
});

test.run();
