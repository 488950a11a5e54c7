/**
 * `npm run mutants [-- --count 20 --seed 1 --only src/learning --seconds 600]`: plants faults by rule in a copy of the sources, one at a
 * time, and runs the nearest tests: those of the file, then those of its folder, then the gate. Prints each fault as JSON, with the
 * first tests that failed, or "survived".
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readSources } from "../../scripts/house/sources.ts";
import { ELSEWHERE, testOf } from "../../scripts/house/tests.ts";
import { createDraw } from "../fuzz/draw.ts";
import { type Mutant, mutantsOf, planted } from "./plant.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "3600" },
  },
});

/** Milliseconds after which a test hangs: the fault is caught. */
const HANGS = 120_000;

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "mutants-"));
for (const part of [
  "src",
  "assembly",
  "test",
  "studies",
  "scripts",
  "bench",
  "build",
  "docs",
  "package.json",
  "asconfig.json",
])
  if (existsSync(join(root, part))) cpSync(join(root, part), join(home, part), { recursive: true });
symlinkSync(join(root, "node_modules"), join(home, "node_modules"));

/** Sources whose tests need a browser, or that only describe: no fault there says anything of the tests. */
const LEFT_OUT = /generated|\.d\.ts$|^src\/bench|threadWorker/;
const sources = [...readSources("src", "assembly")].filter(
  ([path]) => path.includes(values.only) && !LEFT_OUT.test(path),
);
const places = sources.flatMap(([path, text]) => mutantsOf(text).map((mutant) => ({ path, text, mutant })));
process.stderr.write(`${places.length} faults can be planted in ${sources.length} files\n`);

const draw = createDraw(Number(values.seed));
const end = performance.now() + 1000 * Number(values.seconds);
const done = new Set<number>();
while (done.size < Math.min(Number(values.count), places.length) && performance.now() < end) {
  const at = draw.below(places.length);
  if (done.has(at)) continue;
  done.add(at);
  const { path, text, mutant } = places[at];
  console.log(JSON.stringify({ path, ...described(text, mutant), caught: attempt(path, text, mutant) }));
}

function described(text: string, { rule, start, end, text: instead }: Mutant) {
  const line = text.slice(0, start).split("\n").length;
  const begin = text.lastIndexOf("\n", start) + 1;
  return {
    line,
    rule,
    was: text.slice(start, end).slice(0, 60),
    now: instead,
    in: text
      .slice(begin, begin + 100)
      .split("\n")[0]
      .trim(),
  };
}

/** What caught the fault. */
function attempt(path: string, text: string, mutant: Mutant): string {
  const file = join(home, path);
  writeFileSync(file, planted(text, mutant));
  const isKernel = path.startsWith("assembly/");
  try {
    if (isKernel && !build()) return "the build";
    for (const tests of testsOf(path)) {
      const { status, signal } = spawnSync(process.execPath, ["--import", "tsx", "test/run.ts", ...tests], {
        ...{ cwd: home, timeout: HANGS, stdio: "ignore", killSignal: "SIGKILL" },
      });
      if (signal !== null) return `${tests.join(" ")} (hangs)`;
      if (status !== 0) return tests.join(" ");
    }
    return "survived";
  } finally {
    writeFileSync(file, readFileSync(join(root, path)));
    if (isKernel) build();
  }
}

function build(): boolean {
  return (
    spawnSync(process.execPath, ["scripts/build.mjs", "--wasm"], { cwd: home, stdio: "ignore" }).status === 0
  );
}

/** The tests of a file, of its folder, and the gate, each as parts of their paths. */
function testsOf(path: string): readonly (readonly string[])[] {
  const own = testOf(path);
  const key = [path, path.replace(/[^/]*$/, "")].find((name) => name in ELSEWHERE);
  const other = key === undefined ? undefined : ELSEWHERE[key].match(/test\/\S+\.test\.ts/)?.[0];
  const first = existsSync(join(root, own)) ? own : other;
  const folder = `${dirname(own).replace(/^test\//, "")}/`;
  const nearest = first === undefined ? [] : [[first.replace(/^test\//, "")]];
  return [...nearest, [folder], ["gate.test"]];
}
