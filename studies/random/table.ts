import { count } from "../../src/cli/format.ts";
import type { Verdict } from "./battery.ts";

/** The verdicts of one order of the words. */
export interface Row {
  readonly layout: string;
  readonly verdicts: readonly Verdict[];
}

const heads = ["words", "p-values", "passed", "weak", "failed", "weak or failed ones"];

/** The rows as a Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const lines = [heads, heads.map(() => "---"), ...rows.map(cellsOf)];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

/** Every verdict as it came, a line each. */
export function listed({ layout, verdicts }: Row): string {
  const lines = verdicts.map(
    ({ test, size, samples, pValue, assessment }) =>
      `${test.padEnd(20)} ${String(size).padStart(4)} ${String(samples).padStart(5)}  ${pValue.toFixed(8)}  ${assessment}\n`,
  );
  return `${layout}\n${lines.join("")}`;
}

/** Whether nothing failed. */
export function isPassed({ verdicts }: Row): boolean {
  return verdicts.every(({ assessment }) => assessment !== "FAILED");
}

function cellsOf({ layout, verdicts }: Row): readonly string[] {
  const those = (wanted: string) => verdicts.filter(({ assessment }) => assessment === wanted);
  const named = [...those("FAILED"), ...those("WEAK")].map(
    ({ test, size, pValue }) => `${test} ${size} (p = ${pValue})`,
  );
  const counts = ["PASSED", "WEAK", "FAILED"].map((kind) => count(those(kind).length));
  return [layout, count(verdicts.length), ...counts, named.join(", ") || "–"];
}
