/**
 * `npm run mutants [-- --count 20 --seed 1 --only src/learning --seconds 600 --state FOLDER]`: plants faults by rule in a copy of the
 * sources, one at a time, and runs the nearest tests: those of the file, then those of who imports it, then the gate. Prints each fault
 * as JSON, with the tests that failed, or "survived". With `--state` a run that was stopped goes on, in the copy that it began with;
 * `--table` prints what it has found so far.
 */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createDraw } from "../fuzz/draw.ts";
import { type Fault, isKernel, openHome } from "./home.ts";
import { nearestTests } from "./nearest.ts";
import { mutantsOf } from "./plant.ts";
import { type Found, tableOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "3600" },
    near: { type: "string", default: "6" },
    state: { type: "string" },
    table: { type: "boolean", default: false },
  },
});

/** Sources whose tests need a browser, or that only describe: no fault there says anything of the tests. */
const LEFT_OUT = /generated|\.d\.ts$|^src\/bench|threadWorker/;

/** Kernels that the build for paired vectors alone holds. */
const PAIRED = /^assembly\/linalg\/(fourRows|pairs|dense|accumulateWeights)\.ts$/;

const folder = resolve(values.state ?? mkdtempSync(join(tmpdir(), "mutants-")));
mkdirSync(folder, { recursive: true });
const path = join(folder, `seed-${values.seed}.jsonl`);
const found: Found[] = existsSync(path)
  ? readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
  : [];
if (values.table) console.log(tableOf(found));
else await plantAll();

async function plantAll(): Promise<void> {
  const home = openHome(fileURLToPath(new URL("../..", import.meta.url)), join(folder, "copy"));
  const { sources } = home;
  const faults = [...sources]
    .filter(([path]) => !path.startsWith("test/") && path.includes(values.only) && !LEFT_OUT.test(path))
    .flatMap(([path, text]): Fault[] => mutantsOf(text).map((mutant) => ({ path, text, mutant })));
  process.stderr.write(`${faults.length} faults can be planted, ${found.length} are done\n`);
  const draw = createDraw(Number(values.seed));
  const end = performance.now() + 1000 * Number(values.seconds);
  const drawn = new Set<number>();
  const count = Math.min(Number(values.count), faults.length);
  while (drawn.size < count && performance.now() < end) {
    const at = draw.below(faults.length);
    if (drawn.has(at)) continue;
    drawn.add(at);
    if (drawn.size <= found.length) continue;
    const line = await attempt(faults[at]);
    appendFileSync(path, `${JSON.stringify(line)}\n`);
    console.log(JSON.stringify(line));
  }

  async function attempt(fault: Fault): Promise<Found> {
    const start = performance.now();
    const caught = await home.with(fault, () => caughtBy(fault.path));
    return { ...described(fault), caught, seconds: Math.round((performance.now() - start) / 1000) };
  }

  /** What catches the fault that is planted. */
  async function caughtBy(path: string): Promise<string> {
    const near = Number(values.near);
    const tests = nearestTests(path, sources, near);
    // whoever is in a hurry asks no whole agents
    if (near < 6 && tests.length > 1) tests.pop();
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
}

function described({ path, text, mutant: { rule, start, end, text: now } }: Fault) {
  const line = text.slice(0, start).split("\n").length;
  const begin = text.lastIndexOf("\n", start) + 1;
  const [first] = text.slice(begin, begin + 100).split("\n");
  return { path, line, rule, was: text.slice(start, end).slice(0, 60), now, in: first.trim() };
}
