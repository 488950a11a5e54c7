/** The tests that are nearest to a source. */
import { type Import, importsOf, type Sources } from "../../scripts/house/sources.ts";
import { ELSEWHERE, testOf } from "../../scripts/house/tests.ts";

/** Tests that read other things than sources, need a browser, or train for long: none of them is near any one source. */
const FAR =
  /^test\/(browser|architecture|examples|scripts|studies)\/|(documents|package|security|determinism)\.test/;

/**
 * The test files of a source: its own; then those that import it, or what imports it, from its own folder first; then the gate,
 * which compares bits of entire agents.
 *
 * @param sources all of `src`, `assembly` and `test`
 * @param most tests between its own and the gate
 * @returns paths below `test`
 */
export function nearestTests(path: string, sources: Sources, most = 6): string[] {
  const own = ownTest(path, sources);
  const imports = importsOf(sources);
  const first = importersOf(imports, new Set([path]));
  const second = importersOf(imports, first);
  const near = [...first, ...second].filter((name) => /\.test\.ts$/.test(name) && !FAR.test(name));
  const others = [...new Set(near)].filter((name) => name !== own);
  others.sort((a, b) => sharedFolders(b, path) - sharedFolders(a, path));
  const names = [...(own === undefined ? [] : [own]), ...others.slice(0, most), "test/gate.test.ts"];
  return names.map((name) => name.replace(/^test\//, ""));
}

function ownTest(path: string, sources: Sources): string | undefined {
  const own = testOf(path);
  if (sources.has(own)) return own;
  const key = [path, path.replace(/[^/]*$/, "")].find((name) => name in ELSEWHERE);
  return key === undefined ? undefined : ELSEWHERE[key].match(/test\/\S+\.test\.ts/)?.[0];
}

/** Who imports one of some files, in the order of their paths. */
function importersOf(imports: readonly Import[], paths: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(imports.filter(({ to }) => paths.has(to)).map(({ from }) => from));
}

/** Folders at the head of both paths, below `src` and `test`. */
function sharedFolders(test: string, path: string): number {
  const [one, other] = [test.replace(/^test\//, ""), path.replace(/^src\//, "")].map((name) =>
    name.split("/"),
  );
  const different = one.findIndex((part, i) => part !== other[i]);
  return different < 0 ? one.length : different;
}
