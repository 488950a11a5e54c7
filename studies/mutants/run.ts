/**
 * `npm run mutants [-- --count 20 --seed 1 --only src/learning --near 6 --seconds 600 --state FOLDER]`: plants faults by rule in a copy of
 * the sources, one at a time, and runs the nearest tests: those of the file, then `near` of who imports it, then (from 6 on) the gate.
 * Prints each fault as JSON, with the test that failed, or "survived". With `--state` a run that was stopped goes on, in the copy that it
 * began with. `--again NAME` tries the survivors in a new copy, of the tests as they are now; `--table` prints what was found so far.
 */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Sources } from "../../scripts/house/sources.ts";
import { createDraw } from "../fuzz/draw.ts";
import { type Fault, type Home, isKernel, openHome } from "./home.ts";
import { nearestTests } from "./nearest.ts";
import { mutantsOf } from "./plant.ts";
import { type Found, keyOf, latest, tableOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "3600" },
    again: { type: "string" },
    near: { type: "string", default: "6" },
    state: { type: "string" },
    table: { type: "boolean", default: false },
  },
});

/** Sources whose tests need a browser, or that only describe: no fault there says anything of the tests. */
const LEFT_OUT = /generated|\.d\.ts$|^src\/bench|threadWorker/;

/** Kernels that the build for paired vectors alone holds. */
const PAIRED = /^assembly\/linalg\/(fourRows|pairs|dense|accumulateWeights)\.ts$/;

/** Tests beside a source's own from which on the gate is asked, too: whole agents, in seconds. */
const PATIENT = 6;

const folder = resolve(values.state ?? mkdtempSync(join(tmpdir(), "mutants-")));
mkdirSync(folder, { recursive: true });
const root = fileURLToPath(new URL("../..", import.meta.url));
const log = join(folder, `seed-${values.seed}.jsonl`);
const logOfAgain = (name: string) => join(folder, `seed-${values.seed}-again-${name}.jsonl`);
const end = performance.now() + 1000 * Number(values.seconds);
if (values.table) console.log(tableOf(latest(read(log), allAgain())));
else if (values.again === undefined) await plantAll();
else await plantAgain(values.again);

async function plantAll(): Promise<void> {
  const home = openHome(root, join(folder, "copy"));
  const faults = faultsOf(home.sources).filter(({ path }) => path.includes(values.only));
  const done = read(log).length;
  process.stderr.write(`${faults.length} faults can be planted, ${done} are done\n`);
  const draw = createDraw(Number(values.seed));
  const drawn = new Set<number>();
  const count = Math.min(Number(values.count), faults.length);
  while (drawn.size < count && performance.now() < end) {
    const at = draw.below(faults.length);
    if (drawn.has(at)) continue;
    drawn.add(at);
    if (drawn.size > done) keep(log, await attempt(home, faults[at]));
  }
}

/** Plants the survivors anew, each where its line is now. */
async function plantAgain(name: string): Promise<void> {
  const path = logOfAgain(name);
  const tried = new Set(read(path).map(keyOf));
  const home = openHome(root, join(folder, `copy-again-${name}`));
  const faults = faultsOf(home.sources);
  const survivors = latest(read(log), allAgain()).filter(({ caught }) => caught === "survived");
  for (const survivor of survivors.filter((one) => !tried.has(keyOf(one)))) {
    if (performance.now() >= end) break;
    const fault = nearestLine(faults, survivor);
    if (fault === undefined) process.stderr.write(`${keyOf(survivor)}: the line is another now\n`);
    else keep(path, { ...(await attempt(home, fault)), line: survivor.line });
  }
}

function read(path: string): readonly Found[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

function allAgain(): readonly Found[] {
  const start = `seed-${values.seed}-again-`;
  const names = readdirSync(folder).filter((name) => name.startsWith(start));
  return names.sort().flatMap((name) => read(join(folder, name)));
}

function keep(path: string, one: Found): void {
  appendFileSync(path, `${JSON.stringify(one)}\n`);
  console.log(JSON.stringify(one));
}

function faultsOf(sources: Sources): readonly Fault[] {
  const planted = [...sources].filter(([path]) => !path.startsWith("test/") && !LEFT_OUT.test(path));
  return planted.flatMap(([path, text]) => mutantsOf(text).map((mutant) => ({ path, text, mutant })));
}

/** The same fault in the same words, on the nearest line. */
function nearestLine(faults: readonly Fault[], { path, line, rule, was, now, in: words }: Found) {
  const same = faults.filter((fault) => {
    const one = fault.path === path ? described(fault) : undefined;
    return one?.rule === rule && one.was === was && one.now === now && one.in === words;
  });
  const distance = (fault: Fault) => Math.abs(described(fault).line - line);
  return same.sort((a, b) => distance(a) - distance(b))[0];
}

async function attempt(home: Home, fault: Fault): Promise<Found> {
  const start = performance.now();
  const caught = await home.with(fault, () => caughtBy(home, fault.path));
  return { ...described(fault), caught, seconds: Math.round((performance.now() - start) / 1000) };
}

/** What catches the fault that is planted. */
async function caughtBy(home: Home, path: string): Promise<string> {
  const near = Number(values.near);
  const tests = nearestTests(path, home.sources, near);
  if (near < PATIENT && tests.length > 1) tests.pop();
  if (isKernel(path)) {
    if (!home.build("debug")) return "the build";
    if ((await home.run(tests[0])) !== "passed") return tests[0];
    if (!home.build("release")) return "the build";
    if (PAIRED.test(path)) {
      home.build("paired");
      tests.unshift("core/relaxed.test.ts");
    }
  }
  for (const test of tests) {
    const became = await home.run(test);
    if (became !== "passed") return `${test}${became === "hangs" ? " (hangs)" : ""}`;
  }
  return "survived";
}

function described({ path, text, mutant: { rule, start, end, text: now } }: Fault) {
  const line = text.slice(0, start).split("\n").length;
  const begin = text.lastIndexOf("\n", start) + 1;
  const [first] = text.slice(begin, begin + 100).split("\n");
  return { path, line, rule, was: text.slice(start, end).slice(0, 60), now, in: first.trim() };
}
