import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "../../src/cli/cli.ts";
import type { Library, Output } from "../../src/cli/context.ts";
import { standIn } from "./standIn.ts";

/** What a command left behind. */
export interface Left {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An output that keeps what is written. */
export function recorder(options: Pick<Output, "isTTY" | "columns"> = {}) {
  const parts: string[] = [];
  const output: Output = { ...options, write: (text: string) => parts.push(text) };
  return { output, text: () => parts.join("") };
}

/** Runs a command line in this process, in `folder`, over the stand-in library with some parts replaced. */
export async function commandIn(
  folder: string,
  words: string,
  {
    library = {},
    signal = new AbortController().signal,
  }: { library?: Partial<Library>; signal?: AbortSignal } = {},
): Promise<Left> {
  const [stdout, stderr] = [recorder(), recorder()];
  const back = process.cwd();
  process.chdir(folder);
  try {
    const code = await run(words.split(" "), {
      library: { ...standIn, ...library },
      stdout: stdout.output,
      stderr: stderr.output,
      signal,
      program: "generative-agent",
    });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(back);
  }
}

/** A command line in a process of its own, and what it left when it ended. */
export function processIn(folder: string, main: string, { words, environment = {} }: ProcessOptions) {
  const tsx = import.meta.resolve("tsx");
  const script = fileURLToPath(new URL(main, import.meta.url));
  const child = spawn(process.execPath, ["--import", tsx, script, ...words.split(" ")], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const left = new Promise<Left>((resolve) => {
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part) => (stdout += part));
    child.stderr.on("data", (part) => (stderr += part));
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, left };
}

interface ProcessOptions {
  readonly words: string;
  readonly environment?: Readonly<Record<string, string>>;
}
