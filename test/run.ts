/**
 * Runs every `*.test.ts` (or those whose path contains an argument) and closes with `N passed, N failed`.
 * A file that executed no test fails: uvu lets a forgotten `test.run()` pass in silence.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Suite = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;
const uvu = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: Suite[][] };
uvu.UVU_DEFER = 1;
uvu.UVU_QUEUE = [];

const root = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [index, file] of files.entries()) {
  uvu.UVU_INDEX = index;
  uvu.UVU_QUEUE[index] = [];
  await import(`${root}${file}`);
  process.stdout.write(`${file} `);
  let executed = 0;
  for (const suite of uvu.UVU_QUEUE[index]) {
    const [errors, ran, skips, total] = await suite();
    executed += total;
    passed += ran;
    failed += total - ran;
    skipped += skips;
    if (errors !== true) console.log(errors);
  }
  if (executed === 0) {
    failed++;
    console.log("  no test was executed: the file must call test.run()");
  }
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
