/** The repository's source files and the import lines in them: for the tests of its structure and the drawing of the house. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { fileURLToPath } from "node:url";

/** Text of a file by its path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

/** One import: the file it stands in, and what it asks for: a path from the root, or a package's name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
export const generated = [
  "binary",
  "exports",
  "optionDocs",
  "records",
  "sha256",
  "threadSource",
  "version",
].map((name) => `src/core/generated/${name}.ts`);

/** Every TypeScript or module file below the folders, but for what the build writes and npm installs. */
export function readSources(...folders: readonly string[]): Sources {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  const isOurs = (path: string) => !generated.includes(path) && !path.includes("node_modules/");
  const wanted = paths.filter((path) => /\.(m?ts|mjs)$/.test(path) && isOurs(path)).sort();
  return new Map(wanted.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** The source without its comments; a `//` inside a string ends the line too. */
export function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|[^:])\/\/.*$/gm, "$1");
}

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")`. */
const SPECIFIER =
  /(?:^|[;}])\s*(?:import|export)\b[^"';]*?\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/gm;

/** The imports of some sources; AssemblyScript's paths have no extension. */
export function importsOf(sources: Sources): readonly Import[] {
  return [...sources].flatMap(([from, source]) =>
    [...withoutComments(source).matchAll(SPECIFIER)].map(([, named, bare]) => {
      const specifier = named ?? bare;
      const isPackage = !specifier.startsWith(".");
      const path = isPackage ? specifier : join(dirname(from), specifier);
      return { from, to: sources.has(`${path}.ts`) ? `${path}.ts` : path, isPackage };
    }),
  );
}

/** Rings of files that import each other, each as `a → b → a`. */
export function cyclesOf(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const finished = new Set<string>();
  const rings: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) rings.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (finished.has(file) || path.includes(file)) return;
    for (const next of targets.get(file) ?? []) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return rings;
}
