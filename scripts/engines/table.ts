/** What became of an engine: its fingerprint, or why there is none. */
export interface Outcome {
  readonly engine: string;
  readonly version: string;
  readonly hash?: string;
  /** Why it could not be got. */
  readonly missing?: string;
  /** What it said instead of a fingerprint. */
  readonly error?: string;
  /** Wall-clock time, the engine's start included. */
  readonly seconds?: number;
}

/** One line an engine: `engine version hash seconds`. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ engine, version, hash, missing, error, seconds }) => [
    engine,
    version,
    hash ?? (missing === undefined ? `failed: ${error}` : `not available: ${missing}`),
    seconds?.toFixed(1) ?? "",
  ]);
  const lines = [["engine", "version", "hash", "seconds"], ...rows];
  const widths = [0, 1, 2].map((i) => Math.max(...lines.map((line) => line[i].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What is wrong, as sentences; engines that could not be got are nobody's fault unless none could. */
export function faultsOf(outcomes: readonly Outcome[], recorded: string): readonly string[] {
  const ran = outcomes.filter(({ missing }) => missing === undefined);
  if (ran.length === 0) return ["engines: expected one that runs, got none"];
  return ran
    .filter(({ hash }) => hash !== recorded)
    .map(({ engine, hash, error }) => `${engine}: expected ${recorded}, got ${hash ?? error}`);
}

/** The engines that are asked for; all when none is. @throws RangeError for an unknown one */
export function chosen<Named extends { readonly name: string }>(
  engines: readonly Named[],
  only: readonly string[] | undefined,
): readonly Named[] {
  const names = engines.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`--only: expected one of ${names.join(", ")}, got ${unknown}`);
  return engines.filter(({ name }) => only?.includes(name) ?? true);
}
