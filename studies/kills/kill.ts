/** Trainings that are killed at random moments, and what they leave. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadAgent } from "../../src/agent/agent.ts";
import { momentOf } from "../../src/runs/checkpoint.ts";
import { entryAt } from "../../src/runs/files.ts";
import { readAgent, readConfig, readLog, runFiles } from "../../src/runs/run.ts";

/** The command line from its sources. */
const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");

/** A training of the command line. */
export interface Killed {
  /** Whether the process was killed before it ended. */
  readonly isKilled: boolean;
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the command line in a folder, and kills it some milliseconds after its first words. @param delay Infinity: not at all */
export function runCommand(folder: string, words: readonly string[], delay = Infinity): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", TSX, MAIN, ...words], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (part) => {
      if (stderr === "" && delay !== Infinity) sleep(delay).then(() => child.kill("SIGKILL"));
      stderr += part;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ isKilled: signal === "SIGKILL", code, stderr }));
  });
}

/** What a killed training left. */
export interface Remains {
  /** "nothing" where the folder holds no configuration yet, "no agent" before the first checkpoint. */
  readonly kind: "nothing" | "no agent" | "agent";
  /** Steps of the agent. */
  readonly steps: number;
  /** Seconds since the last checkpoint, or the configuration. */
  readonly age: number;
}

/** @throws Error when the folder cannot be read, or log and agent are not of one moment */
export async function examine(folder: string): Promise<Remains> {
  const now = Date.now();
  const { config, agent } = runFiles(folder);
  if (!existsSync(config)) {
    const entry = entryAt(folder);
    if (entry !== "nothing" && entry !== "an empty folder")
      throw new Error(`${folder}: expected a configuration, got ${entry}`);
    return { kind: "nothing", steps: 0, age: 0 };
  }
  readConfig(folder);
  const { episodes, ends } = readLog(folder);
  const ageOf = (path: string) => (now - statSync(path).mtimeMs) / 1000;
  if (!existsSync(agent)) return { kind: "no agent", steps: 0, age: ageOf(config) };
  const bytes = readAgent(folder);
  const moment = momentOf(bytes);
  const loaded = await loadAgent(bytes);
  if (loaded.steps !== moment.steps)
    throw new Error(`${agent}: expected ${moment.steps} steps, got ${loaded.steps}`);
  const { chain } = episodes[moment.episodes - 1] ?? {};
  if (moment.episodes > 0 && (chain !== moment.chain || ends[moment.episodes - 1] !== moment.bytes))
    throw new Error(`${folder}: expected a log and an agent of one moment`);
  return { kind: "agent", steps: moment.steps, age: ageOf(agent) };
}

/** Whether two runs left the same bytes. */
export function isSameRun(one: string, other: string): boolean {
  return (["log", "agent"] as const).every((name) =>
    readFileSync(runFiles(one)[name]).equals(readFileSync(runFiles(other)[name])),
  );
}
