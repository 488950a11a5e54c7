/**
 * `npm run reproduce -- documents [--check]`: draws the tables of README and `docs` anew from the raw results in `docs/results`. With `--check`
 * nothing is written, and a document that would change is an error.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../../src/runs/files.ts";
import { ROOT } from "../suite/source.ts";
import { placesOf, redraw } from "./drawn.ts";

/** Where the raw results are. */
export const RESULTS = join(ROOT, "docs", "results");

/** The documents that may have tables, by their paths. */
export function documents(): readonly string[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
  const inDocs = docs.filter((name) => name.endsWith(".md") && !name.startsWith("api"));
  return ["README.md", ...inDocs.map((name) => join("docs", name))].sort();
}

/** @returns the exit code */
export async function runDocuments(words: readonly string[]): Promise<number> {
  let different = 0;
  for (const path of documents()) {
    const text = readFileSync(join(ROOT, path), "utf8");
    const names = placesOf(text);
    if (names.length === 0) continue;
    const drawn = await redraw(text, RESULTS);
    const isSame = drawn === text;
    console.log(`${path}: ${names.join(", ")}: ${isSame ? "as it was" : "drawn anew"}`);
    if (isSame) continue;
    different++;
    if (!words.includes("--check")) writeAtomically(join(ROOT, path), drawn);
  }
  return words.includes("--check") && different > 0 ? 1 : 0;
}
