import type { FaultKind } from "./kinds.ts";
import type { Outcome, Subject } from "./play.ts";

/** What came of a kind of fault in one kind of agent, at all its places. */
export interface Row {
  readonly subject: Subject;
  readonly kind: FaultKind;
  readonly outcomes: readonly Outcome[];
  /** Of the clean run. */
  readonly clean: number;
}

/** Whether a fault went by without a word that should have been told of, or changed what it should have left alone. */
export function isSilent(
  { kind, subject }: Pick<Row, "kind" | "subject">,
  { isTold, isSame }: Outcome,
): boolean {
  if (kind.mayMiss && subject.options.model === "latent") return false;
  return (kind.expected === "told" && !isTold) || (kind.expected === "same" && !isSame);
}

/** The counts of a row. */
export function countsOf(row: Row) {
  const { outcomes } = row;
  const count = (isOne: (outcome: Outcome) => boolean) => outcomes.filter(isOne).length;
  return {
    cases: outcomes.length,
    refused: count(({ isTold }) => isTold),
    survived: count(({ survived }) => survived),
    usable: count(({ dead }) => dead === undefined),
    dead: count(({ dead }) => dead !== undefined),
    silent: count((outcome) => isSilent(row, outcome)),
  };
}

/** kind × { refused, survived, usable after, return beside the clean run } as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { cases, refused, survived, usable, silent } = countsOf(row);
    const figures = [refused, survived, usable, silent].map((count) => `${count} of ${cases}`);
    const returns = `${median(row.outcomes.map((outcome) => outcome.return)).toFixed(1)} (${row.clean.toFixed(1)})`;
    return `| ${[row.subject.name, row.kind.name, ...figures, returns].join(" | ")} |`;
  });
  return [
    "| agent | fault | refused | survived | usable after | silent | return (clean) |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
}

function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
