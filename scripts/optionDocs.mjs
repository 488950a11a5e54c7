// Reads the doc-comments of the rows of options, which the compiler drops: for the command line's help and docs/options.md.
import { readFileSync } from "node:fs";

const TABLES = ["agent", "models", "inference", "learning"].map((layer) => `src/${layer}/options.ts`);
const ROW = /^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(\w+): (?:whole|real|flag|choice|widths|reals)\(/gm;

/** The first paragraph of each row's doc-comment, in one line, by the option's name. */
export function optionDocs() {
  const rows = TABLES.flatMap((path) => [...readFileSync(path, "utf8").matchAll(ROW)]);
  return Object.fromEntries(
    rows.map(([, comment, name]) => {
      const [paragraph] = comment.replaceAll(/^[ ]*\* ?/gm, "").split(/\n\s*\n/);
      return [name, paragraph.trim().replaceAll(/\s+/g, " ")];
    }),
  );
}

/** The same as a file of the library. */
export function optionDocsSource() {
  return (
    "// Written by the build from the tables of options (scripts/optionDocs.mjs): change those.\n" +
    "/** What each option is, by its name. */\n" +
    `export const optionDocs: Readonly<Record<string, string>> = ${JSON.stringify(optionDocs(), null, 2)};\n`
  );
}
