import { count } from "../../src/cli/format.ts";
import type { Contract } from "./contracts.ts";
import type { Findings } from "./findings.ts";
import { FLOATS } from "./floats.ts";

/** One function's row. */
export interface Row {
  readonly contract: Contract;
  readonly findings: Findings;
  /** Special values that are not what the contract says. */
  readonly wrong: readonly string[];
}

/** Whether what was walked keeps the contract. */
export function isKept({ contract, findings, wrong }: Row): boolean {
  const { worst, turns, numbers } = findings;
  return worst <= contract.bound && turns === 0 && numbers === 0 && wrong.length === 0;
}

const heads = ["function", "walked", "max ulp", "at", "promised", "turns", "special values", "verdict"];

/** The rows as a Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const lines = [heads, heads.map(() => "---"), ...rows.map(cellsOf)];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

function cellsOf(row: Row): readonly string[] {
  const { contract, findings, wrong } = row;
  const faults = findings.numbers + wrong.length;
  return [
    contract.kernel.name,
    findings.walked === FLOATS ? "every float" : count(findings.walked),
    findings.worst.toFixed(3),
    String(findings.worstAt),
    String(contract.bound),
    count(findings.turns),
    faults === 0 ? "as promised" : [...wrong, `${count(findings.numbers)} NaNs lost`].join("; "),
    verdictOf(row),
  ];
}

function verdictOf(row: Row): string {
  if (!isKept(row)) return "**broken**";
  return row.findings.walked === 0 ? "not walked" : "kept";
}
