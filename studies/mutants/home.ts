/** A copy of the repository, in which faults are planted: tests run there. */
import { spawn, spawnSync } from "node:child_process";
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

/** Milliseconds after which a test may hang: then it is timed without the fault, once. */
const SUSPICIOUS = 20_000;
/** Times what it takes without the fault, after which it does. */
const HANGS = 4;
/** Milliseconds: a test that takes longer without the fault is not asked. */
const LONGEST = 90_000;
/** Milliseconds that building kernels may take. */
const MOST = 120_000;

/** What uvu prints for a test that failed: nobody waits for the others of its file. */
const FAILURE = "✘";

const BINARY = "src/core/generated/binary.ts";
const BUILDS = ["build/debug.wasm", "build/release.wasm", "dist/core.paired.wasm"];

/** A source with a fault in it. */
export interface Fault {
  readonly path: string;
  readonly text: string;
  readonly mutant: Mutant;
}

/** A build of the kernels: for tests, for agents, and the one that pairs vectors, whose kernels the others do not hold. */
export type Target = "debug" | "release" | "paired";

/** Where faults are planted, one at a time. */
export interface Home {
  /** Text of every source and test in the copy. */
  readonly sources: Sources;
  /** Runs a test, by its path below `test`, until a part of it fails. @returns what became of it with the fault */
  run(test: string): Promise<"passed" | "failed" | "hangs">;
  /** Builds kernels; most of their tests call the debug build, which takes a quarter of the time. @returns whether it could */
  build(target: Target): boolean;
  /** Plants a fault, works, and takes it out again. */
  with<Result>(fault: Fault, work: () => Promise<Result>): Promise<Result>;
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

  /** Milliseconds of tests without a fault. */
  const times = new Map<string, number>();

  /** Whether a test passed; undefined when it was not over in time. */
  const runTest = (test: string, timeout: number) =>
    new Promise<boolean | undefined>((resolve) => {
      const words = ["--import", "tsx", "test/run.ts", test];
      const child = spawn(process.execPath, words, { cwd: home, stdio: ["ignore", "pipe", "ignore"] });
      const end = (became: boolean | undefined) => {
        clearTimeout(timer);
        child.kill("SIGKILL");
        resolve(became);
      };
      const timer = setTimeout(() => end(undefined), timeout);
      child.stdout.setEncoding("utf8");
      child.stdout.on("data", (text: string) => text.includes(FAILURE) && end(false));
      child.on("close", (code) => end(code === 0));
    });

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
      if (target === "paired") cpSync(join(home, "build/paired.wasm"), join(home, "dist/core.paired.wasm"));
      if (target === "paired") return true;
      const text = deflateRawSync(readFileSync(join(home, "build/release.wasm"))).toString("base64");
      writeFileSync(join(home, BINARY), `export const binary =\n  "${text}";\n`);
      return true;
    },
    async run(test) {
      const named = (isPassed: boolean) => (isPassed ? "passed" : "failed");
      if ((times.get(test) ?? 0) > LONGEST) return "passed";
      const limit = Math.max(SUSPICIOUS, HANGS * (times.get(test) ?? 0));
      const first = await runTest(test, limit);
      if (first !== undefined) return named(first);
      if (times.has(test)) return "hangs";
      const whole = await timeWithout(test);
      if (whole > LONGEST) return "passed";
      if (HANGS * whole < limit) return "hangs";
      const again = await runTest(test, Math.ceil(HANGS * whole));
      return again === undefined ? "hangs" : named(again);
    },
    async with({ path, text, mutant }, work) {
      writeFileSync(left, JSON.stringify({ path, text }));
      writeFileSync(join(home, path), planted(text, mutant));
      try {
        return await work();
      } finally {
        takeOut(path, text);
      }
    },
  };

  /** Milliseconds of a test without the fault that is planted. */
  async function timeWithout(test: string): Promise<number> {
    const { path, text } = JSON.parse(readFileSync(left, "utf8")) as Pick<Fault, "path" | "text">;
    const files = [path, ...(isKernel(path) ? [BINARY, ...BUILDS] : [])];
    const spoilt = files.map((file) => readFileSync(join(home, file)));
    takeOut(path, text);
    const start = performance.now();
    await runTest(test, LONGEST);
    const time = performance.now() - start;
    times.set(test, time);
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
