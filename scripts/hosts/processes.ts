/** Programs as processes: what they print, and how they are ended with all that they start. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** How to start a program. */
export interface Program {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The package's version, where the program itself may not tell. */
  readonly version?: string;
}

/** Milliseconds that a host may take. */
const PATIENCE = 600_000;
const execute = promisify(execFile);

const late = (patience: number) => `no answer in ${patience / 1000} s`;

/** The environment of this process without what is meant for this Node and this terminal. */
const environmentOf = ({ environment }: Program) => ({
  ...process.env,
  NODE_OPTIONS: "",
  NO_COLOR: "1",
  ...environment,
});

/** What a program prints until it ends. @throws Error with the first line of its complaint */
export async function outputOf(
  program: Program,
  words: readonly string[],
  { folder, patience = PATIENCE }: { readonly folder?: string; readonly patience?: number } = {},
): Promise<string> {
  const options = { cwd: folder, env: environmentOf(program), timeout: patience };
  try {
    const { stdout } = await execute(program.path, words, options);
    return stdout.trim();
  } catch (error) {
    const { killed, stderr, message } = error as Error & { killed?: boolean; stderr?: string };
    throw new Error(killed ? late(patience) : stderr?.trim().split("\n")[0] || message.split("\n")[0]);
  }
}

/** A program that runs until it is ended. */
export interface Running {
  readonly child: ChildProcess;
  /** Rejects when the program has ended, with what it complained of. */
  readonly ended: Promise<never>;
  /** Ends it with all that it started. */
  end(): Promise<void>;
}

/** Starts a program in a process group of its own; file descriptor 3 is a pipe from it. */
export function start(program: Program, words: readonly string[], folder?: string): Running {
  const child = spawn(program.path, words, {
    cwd: folder,
    env: environmentOf(program),
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr?.on("data", (text) => {
    complaint = `${complaint}${text}`.slice(0, 400);
  });
  child.stdio[3]?.on("data", () => {}); // a program that is not listened to would stand still
  const closed = once(child, "close").catch(() => {});
  const ended = once(child, "exit").then(([code, signal]) => {
    const why = complaint.trim();
    throw new Error(`ended with ${code ?? signal} before it answered${why && `: ${why}`}`);
  });
  ended.catch(() => {});
  return {
    child,
    ended,
    async end() {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // all of its processes have ended by themselves
      }
      await closed;
    },
  };
}

/** What `work` answers while a program runs. @throws Error when the program ends before, or takes too long */
export async function whileRunning<Result>(
  { ended }: Pick<Running, "ended">,
  work: () => Promise<Result>,
  patience = PATIENCE,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(late(patience))), patience);
  });
  try {
    return await Promise.race([work(), ended, isLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `work` in a temporary folder. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "host-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
