/**
 * `npm run kills [-- --kills 200 --seed 1 --json]`: trainings are killed at random moments and go on, again and again. After each kill
 * the folder has to be readable, log and agent of one moment; in the end it has to hold the straight run's bytes. Exit code 1 when one
 * does not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../bench/wholeNumber.ts";
import { episodeSeed } from "../../src/loop/seeds.ts";
import { examine, isSameRun, type Remains, runCommand } from "./kill.ts";

/** Seconds between checkpoints here, and milliseconds that a process lives at most. */
const [INTERVAL, LONGEST] = [0.2, 2500];

const SMALL = ["--members", "2", "--candidates", "8"];
const TRAININGS = [
  ["pendulum", "--steps", "500", ...SMALL],
  ["cartpole", "--steps", "400", ...SMALL, "--threads", "2"],
  ["cartpole-position", "--steps", "330", ...SMALL.slice(2), "--warmup", "100", "--warmup-updates", "100"],
];

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean" },
  },
});
const wanted = wholeNumber("kills", values.kills);
const seed = wholeNumber("seed", values.seed);
const parent = mkdtempSync(join(tmpdir(), "generative-agent-kills-"));
const kills: Remains[] = [];
const faults: string[] = [];
let finished = 0;
try {
  for (let k = 0; kills.length < wanted && faults.length === 0; k++) await playOne(k);
} finally {
  rmSync(parent, { recursive: true });
}
print();
process.exitCode = faults.length === 0 ? 0 : 1;

/** A training of the list, killed until it comes to its end. */
async function playOne(k: number): Promise<void> {
  const training = TRAININGS[k % TRAININGS.length];
  const words = ["train", ...training, "--seed", String(1 + Math.floor(k / TRAININGS.length))];
  const [straight, run] = [`straight${k}`, `run${k}`];
  const often = ["--checkpoint", String(INTERVAL)];
  expectDone(await runCommand(parent, [...words, "--out", straight]), words);
  for (let tries = 0; ; tries++) {
    const remains = tries === 0 ? undefined : await look(join(parent, run));
    const next =
      remains === undefined || remains.kind === "nothing"
        ? [...words, "--out", run]
        : ["train", "--resume", run, ...(training.includes("--threads") ? ["--threads", "3"] : [])];
    // uniform over the process's life, from a seed
    const delay = (LONGEST * episodeSeed(seed, k, tries)) / 2 ** 32;
    const { isKilled, code, stderr } = await runCommand(
      parent,
      [...next, ...often],
      kills.length < wanted ? delay : undefined,
    );
    if (isKilled) continue;
    if (code !== 0) faults.push(`${next.join(" ")}: ${stderr}`);
    break;
  }
  if (faults.length > 0) return;
  if (!isSameRun(join(parent, straight), join(parent, run))) faults.push(`${words.join(" ")}: other bytes`);
  else finished++;
  for (const name of [straight, run]) rmSync(join(parent, name), { recursive: true });
}

async function look(folder: string): Promise<Remains> {
  try {
    const remains = await examine(folder);
    kills.push(remains);
    process.stderr.write(`${kills.length}: ${remains.kind}, ${remains.steps} steps\n`);
    return remains;
  } catch (error) {
    kills.push({ kind: "agent", steps: 0, age: 0 });
    faults.push((error as Error).message);
    return kills[kills.length - 1];
  }
}

function expectDone(
  { code, stderr }: { readonly code: number | null; readonly stderr: string },
  words: readonly string[],
): void {
  if (code !== 0) throw new Error(`${words.join(" ")}: expected to be trained, got ${stderr}`);
}

function print(): void {
  const count = (kind: Remains["kind"]) => kills.filter((remains) => remains.kind === kind).length;
  const record = {
    kills: kills.length,
    nothing: count("nothing"),
    noAgent: count("no agent"),
    agent: count("agent"),
    oldest: Math.max(0, ...kills.filter(({ kind }) => kind === "agent").map(({ age }) => age)),
    finished,
    faults,
  };
  if (values.json) console.log(JSON.stringify(record));
  else
    console.log(
      `${record.kills} kills: ${record.agent} left an agent, at most ${record.oldest.toFixed(2)} s old; ${record.noAgent} came before the first ` +
        `checkpoint, ${record.nothing} before the run; ${finished} runs went on to the straight run's bytes; ${faults.length} faults`,
    );
  for (const fault of faults) console.error(fault);
}
