/** The tables of `docs/claims.md`: medians over the seeds at each x, with quartiles where they differ in the digits shown. */
import { metricAt } from "../claim.ts";
import { type Result, type Row, rowsOf } from "../table.ts";

/** A column: which figures of which task, and how many digits behind the point. */
interface Column {
  readonly head: string;
  readonly task: string;
  /** Its name, before the x. */
  readonly figure: string;
  readonly digits: number;
  /** Whether it is exact, so that it has no quartiles. */
  readonly isExact?: boolean;
}

/** A table of a claim, a row for each x. */
interface ClaimTable {
  readonly x: string;
  readonly columns: readonly Column[];
}

const column = (head: string, task: string, figure: string, digits = 3): Column => ({
  ...{ head, task, figure, digits },
  isExact: figure.startsWith("exact"),
});

const shares = (head: string, task: string) => [
  column(head, task, "share of the noisy route"),
  column("exact", task, "exact share"),
  column("by `path`", task, "share by path"),
];

const televisions = ["ratio, picture is sensor noise", "ratio, picture is in the state", "prediction error"];
const heuristics = ["to the light, then to the goal", "to the goal"];
const bounds = ["prior contrastive", "exact", "nested Monte Carlo"];
const loadings = ["λ = 0", "λ = .3", "λ = 1"];

/** By the names that their places in the document have. */
export const CLAIM_TABLES: Readonly<Record<string, ClaimTable>> = {
  "t-maze": {
    x: "β",
    columns: ["belief", "path"].flatMap((kind) => [
      column(`success, \`${kind}\``, `t-maze, ${kind}`, "success"),
      column(`cue first, \`${kind}\``, `t-maze, ${kind}`, "cue first"),
    ]),
  },
  tiger: {
    x: "β",
    columns: ["as published", "with an action that waits"].map((kind) =>
      column(kind, `tiger, ${kind}`, "discounted return"),
    ),
  },
  "light-dark": {
    x: "β",
    columns: [
      column("planner", "light-dark, planner", "discounted return", 2),
      ...heuristics.map((kind) => column(kind, `light-dark, heuristic: ${kind}`, "discounted return", 2)),
    ],
  },
  noise: {
    x: "β",
    columns: [...shares("noisy sensor", "noise, sensor"), ...shares("noisy process", "noise, process")],
  },
  television: {
    x: "β",
    columns: televisions.map((kind) => column(kind, `noisy-television, ${kind}`, "share of the television")),
  },
  "no optimism": {
    x: "σ",
    columns: ["variational", "evidence"].flatMap((risk) => [
      column(risk, `no-optimism, ${risk}`, "share of the random branch"),
      column("exact", `no-optimism, ${risk}`, "exact share"),
    ]),
  },
  average: {
    x: "particles",
    columns: ["variational", "evidence"].flatMap((risk) => [
      column(risk, `risk, ${risk}`, "score of the random branch, nats"),
      column("exact", `risk, ${risk}`, "exact score"),
    ]),
  },
  interval: {
    x: "contrasts",
    columns: bounds.map((kind) => ({
      ...column(kind, `certificate, ${kind}`, "information, nats"),
      isExact: kind === "exact",
    })),
  },
  "marginal weight": {
    x: "loading of the model",
    columns: loadings.map((kind) =>
      column(kind, `marginal-weight, ${kind}`, "bound of an observation, nats"),
    ),
  },
};

/** A table as Markdown; undefined where a column has no results. */
export function claimTable({ x, columns }: ClaimTable, results: readonly Result[]): string | undefined {
  const found = columns.map(({ task, figure }) => {
    const start = metricAt({ x, y: figure }, "");
    const rows = rowsOf(results, [task]).filter(({ metric }) => metric.startsWith(start));
    return new Map(rows.map((row) => [row.metric.slice(start.length), row]));
  });
  if (found.some((rows) => rows.size === 0)) return undefined;
  const lines = [...found[0].keys()].map((at) => [
    at,
    ...columns.map((column, c) => {
      const row = found[c].get(at);
      return row === undefined ? "–" : cellOf(row, column);
    }),
  ]);
  const head = [x, ...columns.map(({ head }) => head)];
  return [head, head.map(() => "---:"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cellOf({ median, quartiles }: Row, { digits, isExact }: Column): string {
  const [middle, low, high] = [median, ...quartiles].map((value) => fixed(value, digits));
  return isExact || (low === middle && high === middle) ? middle : `${middle} (${low} … ${high})`;
}

function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return "∞";
  const text = value.toFixed(digits).replace("-", "−");
  // nothing is below zero by rounding
  return /^−[0.]+$/.test(text) ? text.slice(1) : text;
}
