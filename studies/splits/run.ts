/**
 * `npm run splits [-- --steps 600 --node PATH --only pendulum --json]`: runs of 600 steps, saved after every step; other processes, with
 * 1, 2 and 3 threads in turn, take one step from each file. Where that gives the file after, each split goes on with the straight run's
 * bits. `--node` is the program of the other processes, another version of Node for example. Exit code 1 where a file differs.
 */
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wholeNumber } from "../../bench/wholeNumber.ts";
import { compareEach, SUBJECTS, saveEach } from "./split.ts";

/** Splits that one process takes. */
const SHARE = 50;
const fileOf = (folder: string, step: number) => join(folder, `${step}.safetensors`);

const [role, ...rest] = process.argv.slice(2);
if (role === "child") await compareAsChild(rest);
else process.exitCode = await compareAll(process.argv.slice(2));

async function compareAll(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      steps: { type: "string", default: "600" },
      node: { type: "string", default: process.execPath },
      only: { type: "string", default: "" },
      json: { type: "boolean" },
    },
  });
  const steps = wholeNumber("steps", values.steps);
  let different = 0;
  for (const subject of SUBJECTS.filter(({ name }) => name.includes(values.only))) {
    const folder = mkdtempSync(join(tmpdir(), "generative-agent-splits-"));
    try {
      await saveEach(subject, steps, (step, file) => writeFileSync(fileOf(folder, step), file));
      const found: number[] = [];
      for (let first = 0; first < steps; first += SHARE)
        found.push(
          ...(await ask(values.node, [subject.task, folder, first, Math.min(steps, first + SHARE)])),
        );
      different += found.length;
      const record = { run: subject.name, splits: steps, equal: steps - found.length, different: found };
      console.log(
        values.json
          ? JSON.stringify(record)
          : `${record.run}: ${record.equal} of ${record.splits} splits equal${found.length > 0 ? `; not ${found.join(", ")}` : ""}`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return different === 0 ? 0 : 1;
}

/** What another process finds. */
function ask(node: string, words: readonly (string | number)[]): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["child", ...words.map(String)], { execPath: node });
    child.on("message", (different) => resolve(different as readonly number[]));
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`splits: expected an answer, got exit code ${code}`)));
  });
}

async function compareAsChild([task, folder, first, last]: readonly string[]): Promise<void> {
  const range = { first: Number(first), last: Number(last) };
  const different = await compareEach({ task }, range, (step) => readFileSync(fileOf(folder, step)));
  process.send?.(different, () => process.disconnect());
}
