/** A claim about the agent: trials, and the figure that their rows make. */
import { type ChartPoint, drawChart } from "../../src/runs/chart.ts";
import type { Row } from "./table.ts";
import type { Trial } from "./trial.ts";

/** What is claimed, how it is measured and how it is drawn: y against x, a line or a row of bars for each series. */
export interface Claim {
  /** Of its drawing (without the ending) and its tasks. */
  readonly name: string;
  /** In a sentence. */
  readonly title: string;
  readonly kind: "line" | "bar";
  readonly x: string;
  readonly y: string;
  /** Of a line; default "linear". */
  readonly xScale?: "linear" | "even";
  /** By label, "" where there is one. The figures to be drawn are named by {@link metricAt}; others are but printed. */
  readonly series: Readonly<Record<string, Trial>>;
}

/** The name of a claim's figure at an x, such as "success, β = 0.1". */
export function metricAt({ x, y }: Pick<Claim, "x" | "y">, at: number | string): string {
  return `${y}, ${x} = ${at}`;
}

/** The trials of claims, by task: the claim's name and the label of the series. */
export function trialsOf(claims: readonly Claim[]): Readonly<Record<string, Trial>> {
  return Object.fromEntries(
    claims.flatMap((claim) =>
      Object.entries(claim.series).map(([label, trial]) => [taskOf(claim, label), trial]),
    ),
  );
}

/**
 * The drawing of a claim, as the text of an SVG file: medians over the seeds, with quartiles as error bars.
 *
 * @returns undefined when no row belongs to it, or nothing was reached
 */
export function drawClaim(claim: Claim, rows: readonly Row[]): string | undefined {
  const series = Object.keys(claim.series)
    .map((label) => ({ label, rows: rowsOfSeries(claim, label, rows) }))
    .filter(({ rows }) => rows.some(({ median }) => Number.isFinite(median)));
  if (series.length === 0) return undefined;
  const seeds = Math.max(...series.flatMap(({ rows }) => rows.map(({ values }) => values.length)));
  const subtitle =
    seeds === 1 ? "1 seed" : `medians of ${seeds} seeds, bars from the lower to the upper quartile`;
  const chart = {
    kind: claim.kind,
    xLabel: claim.x,
    yLabel: claim.y,
    ...(claim.xScale && { xScale: claim.xScale }),
    series: series.map(({ label, rows }) => ({ label, points: rows.map((row) => pointOf(claim, row)) })),
  };
  return drawChart(chart, { title: claim.title, subtitle });
}

/** The rows that are drawn, of one series. */
function rowsOfSeries(claim: Claim, label: string, rows: readonly Row[]): readonly Row[] {
  return rows.filter(
    ({ task, metric }) => task === taskOf(claim, label) && metric.startsWith(metricAt(claim, "")),
  );
}

function pointOf(claim: Claim, { metric, median, quartiles: [low, high] }: Row): ChartPoint {
  const at = metric.slice(metricAt(claim, "").length);
  return { x: claim.kind === "line" ? Number(at) : at, y: median, low, high };
}

function taskOf({ name }: Claim, label: string): string {
  return label === "" ? name : `${name}, ${label}`;
}
