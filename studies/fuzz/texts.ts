/** What a run folder and a command line may hold, spoilt. */
import { run } from "../../src/cli/cli.ts";
import type { Context } from "../../src/cli/context.ts";
import { parseConfig } from "../../src/runs/config.ts";
import type { Disk } from "../../src/runs/disk.ts";
import { readEpisodes } from "../../src/runs/log.ts";
import type { Draw } from "./draw.ts";
import { spliced } from "./files.ts";

const CONFIG = JSON.stringify({
  ...{ version: "0.1.0", task: "pendulum", seed: 4, steps: 2000, started: "2026-01-02T03:04:05.000Z" },
  options: { seed: 4, hidden: [64, 64], temperature: "auto" },
});

const bound = { reward: 1, informationGain: 0, stateConsistency: -2, actionConsistency: 0, total: -1 };
const LOG = [1, 2, 3]
  .map((episode) => {
    const counts = {
      episode,
      steps: 200 * episode,
      length: 200,
      return: -100.5,
      terminated: false,
      truncated: true,
    };
    return `${JSON.stringify({ ...counts, bound, modelError: 0.5, chain: "c0ffee" })}\n`;
  })
  .join("");

/** A text that was spoilt up to three times. */
function spoilt(text: string, draw: Draw): string {
  let result = text;
  for (let i = draw.below(3); i >= 0; i--) result = spliced(result, draw);
  return result;
}

/** Reads a spoilt `config.json`. */
export function tryConfig(draw: Draw): void {
  parseConfig(spoilt(CONFIG, draw), "config.json");
}

/** Reads a spoilt log, from a disk that holds nothing else. */
export function tryLog(draw: Draw): void {
  readEpisodes("log.jsonl", diskOf(new TextEncoder().encode(spoilt(LOG, draw))));
}

function diskOf(file: Uint8Array): Disk {
  const status = { kind: "file", size: file.length };
  return {
    status: () => status,
    statusOf: () => status,
    open: () => 1,
    close() {},
    read(_handle: number, into: Uint8Array, position: number) {
      const part = file.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
  } as unknown as Disk;
}

const WORDS = [
  ...["train", "evaluate", "verify", "environments", "plot", "memory", "help", "pendulum", "nowhere"],
  ...[
    "--steps",
    "--seed",
    "--out",
    "--episodes",
    "--json",
    "--members",
    "--hidden",
    "--no-json",
    "--help",
    "-h",
    "-v",
  ],
  ...[
    "--",
    "-",
    "---",
    "=",
    "--=",
    "--steps=",
    "--steps=1e9",
    "--__proto__.spoilt",
    "--constructor.prototype.spoilt",
  ],
  ...[
    "0",
    "-1",
    "1e309",
    "NaN",
    "null",
    "[]",
    "{}",
    "../..",
    "/dev/null",
    "\u001b[2J",
    "\u0000",
    "ü",
    "a".repeat(3000),
  ],
];

/** A command line that may do no more than look at its words: none of its commands trains, or touches a disk. */
export async function tryWords(draw: Draw): Promise<void> {
  const words = Array.from({ length: 1 + draw.below(5) }, () => {
    const word = draw.one(WORDS);
    return draw.below(4) === 0 ? spliced(word, draw) : word;
  });
  let written = "";
  const output = { write: (text: string) => (written += text) };
  const refuse = () => {
    throw new Error("library: expected nobody to ask for it, got a command");
  };
  const library = new Proxy(
    { environments: [] },
    { get: (known, name) => Reflect.get(known, name) ?? refuse },
  );
  const { signal } = new AbortController();
  const context: Context = {
    stdout: output,
    stderr: output,
    library,
    signal,
    program: "generative-agent",
  } as never;
  const log = console.info;
  console.info = () => {};
  try {
    const code = await run(words, context);
    if (code !== 0 && code !== 1) throw new TypeError(`${JSON.stringify(words)}: exit code ${code}`);
  } finally {
    console.info = log;
  }
  if ("spoilt" in {})
    throw new TypeError(`${JSON.stringify(words)}: the prototype of all objects was changed`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(written))
    throw new TypeError(`${JSON.stringify(words)}: a control character was written`);
}
