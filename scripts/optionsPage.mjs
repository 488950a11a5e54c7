// Writes docs/options.md from the tables of options: `npm run options`. A test compares them.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { LIVE, RULES } from "../src/agent/options.ts";
import { defaultOf, inWords, rangeOf, servedOf } from "../src/core/options.ts";
import { FILTER, PLAN } from "../src/inference/options.ts";
import { FILTER_RULES } from "../src/inference/rules.ts";
import { LEARN } from "../src/learning/options.ts";
import { MODEL } from "../src/models/options.ts";
import { optionDocs } from "./optionDocs.mjs";

export const PAGE = "docs/options.md";

const SUBJECTS = ["observed", "latent", "planner", "filter"];

const TABLES = [
  ["The agent in its environment", LIVE],
  ["Models", MODEL],
  ["Planning", PLAN],
  ["Beliefs", FILTER],
  ["Learning", LEARN],
];

/** The page as Markdown. */
export function optionsPage() {
  const docs = optionDocs();
  const shown = new Set();
  const sections = TABLES.map(([title, table]) => {
    const rows = Object.entries(table).filter(([name]) => !shown.has(name) && shown.add(name));
    const lines = rows.map(([name, row]) => lineOf(name, row, docs[name]));
    return `## ${title}\n\n| option | serves | default | takes | what it is |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;
  });
  return [
    "# Options",
    "",
    "Every option of agents, of the planner of a known model and of the particle filter. `npm run options`",
    "writes this page from the tables `options.ts` in `src/agent`, `src/models`, `src/inference` and",
    '`src/learning`. An option serves some of these: an agent with `model: "observed"` or `"latent"`, the',
    "planner, the filter. The others refuse it by name. On the command line, `horizon` is `--horizon`, and",
    "`warmupUpdates` is `--warmup-updates`.",
    "",
    ...sections,
    "## What has no effect is refused",
    "",
    "Some options need others. Where an option has no effect, setting it is an error, except to the value in",
    "the second column.",
    "",
    "| option | value | unless |",
    "|---|---|---|",
    ...[...RULES, ...FILTER_RULES].map(
      (rule) => `| \`${rule.option}\` | ${offOf(rule)} | ${cell(rule.unless)} |`,
    ),
    "",
  ].join("\n");
}

function lineOf(name, row, doc) {
  const served = servedOf(row, SUBJECTS);
  const serves = served.length === SUBJECTS.length ? "all" : served.join(", ");
  const initial = inWords(served, (subject) => code(defaultOf(row, subject)));
  const range = inWords(served, (subject) => rangeOf(row, subject));
  return `| \`${name}\` | ${serves} | ${initial} | ${cell(range)} | ${cell(doc)} |`;
}

function offOf({ option, off, serves }) {
  if (off !== undefined) return code(off);
  const row = { ...LIVE, ...MODEL, ...FILTER, ...PLAN, ...LEARN }[option];
  const served = servedOf(row, serves ?? SUBJECTS);
  return inWords(served, (subject) => code(defaultOf(row, subject)));
}

const code = (value) => `\`${JSON.stringify(value)}\``;
const cell = (text) => text.replaceAll("|", "\\|");

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(PAGE, optionsPage());
