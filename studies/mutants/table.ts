/** What was found of the faults that were planted. */

/** A fault, and what caught it. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly was: string;
  readonly now: string;
  /** The line it stands in. */
  readonly in: string;
  /** Tests, "the build", or "survived". */
  readonly caught: string;
  readonly seconds: number;
}

/** What tells a fault from the others of a run. */
export function keyOf({ path, line, was, now, in: words }: Found): string {
  return JSON.stringify([path, line, was, now, words]);
}

/** The faults of a run, each with what became of it when it was tried last. */
export function latest(found: readonly Found[], again: readonly Found[]): readonly Found[] {
  const last = new Map(again.map((one) => [keyOf(one), one]));
  return found.map((one) => last.get(keyOf(one)) ?? one);
}

/** Counts by folder, and the survivors. */
export function tableOf(found: readonly Found[]): string {
  const folders = new Map<string, Found[]>();
  for (const one of found) {
    const folder = one.path.split("/").slice(0, 2).join("/");
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  const row = (name: string, ones: readonly Found[]) => {
    const lives = ones.filter(({ caught }) => caught === "survived").length;
    const share = ones.length === 0 ? "" : `${Math.round((100 * (ones.length - lives)) / ones.length)} %`;
    return `| ${name} | ${ones.length} | ${ones.length - lives} | ${lives} | ${share} |`;
  };
  const survivors = found.filter(({ caught }) => caught === "survived");
  return [
    "| sources | faults | caught | lived | caught |",
    "|---|--:|--:|--:|--:|",
    ...[...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, ones]) => row(`\`${name}\``, ones)),
    row("all", found),
    "",
    "| file | line | fault | in |",
    "|---|--:|---|---|",
    ...survivors.map(
      ({ path, line, was, now, in: text }) =>
        `| \`${path}\` | ${line} | \`${shown(was)}\` → \`${shown(now)}\` | \`${shown(text)}\` |`,
    ),
  ].join("\n");
}

/** A piece of a program in a cell of a table. */
function shown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}
