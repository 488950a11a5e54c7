/** A copy of the repository, in which faults are planted: tests run there. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Sources } from "../../scripts/house/sources.ts";
import { type Mutant, planted } from "./plant.ts";

/** Milliseconds after which a test may hang: then it runs without the fault, too. What takes longer without is not asked. */
const SUSPICIOUS = 40_000;
/** Times what it takes without the fault, after which it does. */
const HANGS = 4;
/** Milliseconds that building kernels may take. */
const MOST = 120_000;

const BINARY = "src/core/generated/binary.ts";
const BUILDS = ["build/debug.wasm", "build/release.wasm"];

/** A source with a fault in it. */
export interface Fault {
  readonly path: string;
  readonly text: string;
  readonly mutant: Mutant;
}

/** Where faults are planted, one at a time. */
export interface Home {
  /** Text of every source and test in the copy. */
  readonly sources: Sources;
  /** Runs a test, by its path below `test`. @returns what became of it with the fault */
  run(test: string): "passed" | "failed" | "hangs";
  /** Builds kernels; most of their tests call the debug build, which takes a quarter of the time. @returns whether it could */
  build(target: "debug" | "release"): boolean;
  /** Plants a fault, works, and takes it out again. */
  with<Result>(fault: Fault, work: () => Result): Result;
}

/** The copy in a folder, made where there is none; a fault that a killed run left there is taken out. */
export function openHome(root: string, home: string): Home {
  const left = join(home, "planted.json");
  if (!existsSync(home)) copy(root, home);
  if (existsSync(left)) {
    const { path, text } = JSON.parse(readFileSync(left, "utf8")) as Pick<Fault, "path" | "text">;
    takeOut(path, text);
  }
  const inHome = { cwd: home, stdio: "ignore", killSignal: "SIGKILL" } as const;

  function takeOut(path: string, text: string) {
    writeFileSync(join(home, path), text);
    if (isKernel(path))
      for (const file of [BINARY, ...BUILDS]) cpSync(join(home, "whole", file), join(home, file));
    rmSync(left);
  }

  const runTest = (test: string, timeout: number) => {
    const words = ["--import", "tsx", "test/run.ts", test];
    return spawnSync(process.execPath, words, { ...inHome, timeout });
  };

  return {
    sources: readAll(home),
    build(target) {
      const words = [
        "--config",
        "asconfig.json",
        "--target",
        target,
        "--transform",
        "./scripts/transform.mjs",
      ];
      const program = "node_modules/assemblyscript/bin/asc.js";
      const { status } = spawnSync(process.execPath, [program, ...words], { ...inHome, timeout: MOST });
      if (status !== 0 || target === "debug") return status === 0;
      const text = deflateRawSync(readFileSync(join(home, "build/release.wasm"))).toString("base64");
      writeFileSync(join(home, BINARY), `export const binary =\n  "${text}";\n`);
      return true;
    },
    run(test) {
      const { status, signal } = runTest(test, SUSPICIOUS);
      if (signal === null) return status === 0 ? "passed" : "failed";
      const { path, text } = JSON.parse(readFileSync(left, "utf8")) as Pick<Fault, "path" | "text">;
      const whole = timeWithout(path, text, test);
      if (whole >= SUSPICIOUS) return "passed";
      if (HANGS * whole < SUSPICIOUS) return "hangs";
      const again = runTest(test, Math.ceil(HANGS * whole));
      return again.signal !== null ? "hangs" : again.status === 0 ? "passed" : "failed";
    },
    with({ path, text, mutant }, work) {
      writeFileSync(left, JSON.stringify({ path, text }));
      writeFileSync(join(home, path), planted(text, mutant));
      try {
        return work();
      } finally {
        takeOut(path, text);
      }
    },
  };

  /** Milliseconds of a test without the fault that is planted. */
  function timeWithout(path: string, text: string, test: string): number {
    const files = [path, ...(isKernel(path) ? [BINARY, ...BUILDS] : [])];
    const spoilt = files.map((file) => readFileSync(join(home, file)));
    takeOut(path, text);
    const start = performance.now();
    runTest(test, SUSPICIOUS);
    const time = performance.now() - start;
    writeFileSync(left, JSON.stringify({ path, text }));
    for (const [f, file] of files.entries()) writeFileSync(join(home, file), spoilt[f]);
    return time;
  }
}

function readAll(home: string): Sources {
  const paths = ["assembly", "src", "test"].flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  const wanted = paths.filter((path) => path.endsWith(".ts")).sort();
  return new Map(wanted.map((path) => [path, readFileSync(join(home, path), "utf8")]));
}

/** Whether a source has to be built. */
export function isKernel(path: string): boolean {
  return path.startsWith("assembly/");
}

/** All that the repository keeps, and what the build wrote. */
function copy(root: string, home: string): void {
  const { stdout } = spawnSync("git", ["ls-files"], { cwd: root, encoding: "utf8" });
  mkdirSync(home, { recursive: true });
  for (const path of [...stdout.trim().split("\n"), "build", "dist", "src/core/generated"])
    if (existsSync(join(root, path))) cpSync(join(root, path), join(home, path), { recursive: true });
  for (const file of [BINARY, ...BUILDS]) cpSync(join(home, file), join(home, "whole", file));
  symlinkSync(join(root, "node_modules"), join(home, "node_modules"));
}
