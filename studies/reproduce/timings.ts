/** What is measured in time rather than in experience; each by itself, while nothing else runs. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sink } from "../../src/bench/interleave.ts";
import { createAgent, createEnvironment } from "../../src/index.ts";
import { secondsOf } from "../../src/runs/jobs/pool.ts";
import { quantile } from "./table.ts";
import type { Figures } from "./trial.ts";

/** Runs of each timing. */
export const RUNS = 3;

const commandLine = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** What `npm start` does, from an empty folder, as a process: seconds. */
export const npmStart = {
  task: "npm start",
  async measure(signal: AbortSignal): Promise<Figures> {
    if (!existsSync(commandLine)) throw new Error("dist/cli.js: expected the built package; npm run build");
    const folder = mkdtempSync(join(tmpdir(), "reproduce-"));
    try {
      const words = [commandLine, "train", "pendulum", "--out", join(folder, "run")];
      return { "wall-clock, s": await secondsOf(words, signal) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Actions timed together, and how many such blocks: the median block counts. */
const BLOCK = 100;
const BLOCKS = 500;

/** One action of Pendulum's habit, with its checks and the binding: µs. The agent is untrained; the work is the same. */
export const habitAction = {
  task: "habit action",
  async measure(seed: number): Promise<Figures> {
    const environment = await createEnvironment("pendulum");
    const agent = await createAgent(environment, { seed });
    const { observation } = environment.reset({ seed });
    const times: number[] = [];
    for (let block = 0; block < 2 * BLOCKS; block++) {
      const start = performance.now();
      for (let i = 0; i < BLOCK; i++) sink.value = agent.act(observation, { policy: "habit" });
      times.push((1000 * (performance.now() - start)) / BLOCK);
    }
    // the first half warms the engine up
    return { "time, µs": quantile(times.slice(BLOCKS), 0.5) };
  },
};
