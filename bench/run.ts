/** Runs every `*.bench.ts` (or those whose path contains an argument) under the machine's and engine's names. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { engine, processor } from "../src/cli/machine.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
if (files.length === 0) throw new Error(`bench: expected a file matching ${wanted.join(", ")}, got none`);

console.log(`${processor()}, ${engine()}; medians, one thread`);
for (const file of files) {
  console.log(`\n${file}`);
  await import(`${root}${file}`);
}
