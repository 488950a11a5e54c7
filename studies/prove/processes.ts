import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Piece } from "./child.ts";

const file = fileURLToPath(new URL("child.ts", import.meta.url));

export interface Processes {
  readonly width: number;
  /** Ends the walk: no other piece is begun, and those under way are dropped. */
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: Answer) => void;
}

/** Hands the pieces to processes of their own, in order, until all are walked or the signal is given. */
export async function walkInProcesses(
  pieces: readonly Piece[],
  { width, signal, onAnswer }: Processes,
): Promise<void> {
  const queue = pieces.values();
  const servants = Array.from({ length: Math.min(width, pieces.length) }, () =>
    serve(queue, signal, onAnswer),
  );
  await Promise.all(servants);
}

/** One process, from its first piece to its last. @throws Error when it ends before */
function serve(
  queue: Iterator<Piece>,
  signal: AbortSignal,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // a group of its own: a terminal's Ctrl-C is for the parent, which prints what is known
    const child = fork(file, { serialization: "advanced", detached: true });
    let isDone = false;
    const end = () => {
      isDone = true;
      child.kill();
    };
    const next = () => {
      const { done, value } = queue.next();
      if (done || signal.aborted) end();
      else child.send(value);
    };
    signal.addEventListener("abort", end, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", end);
      if (isDone) resolve();
      else reject(new Error(`a process of the walk ended with exit code ${code}`));
    });
    child.on("message", (answer: Answer) => {
      onAnswer(answer);
      next();
    });
    next();
  });
}
