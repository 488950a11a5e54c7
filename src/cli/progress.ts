import { SingleBar } from "cli-progress";
import type { Output } from "./context.ts";
import { count } from "./format.ts";

/** Milliseconds between two plain lines. */
const INTERVAL = 5000;

/** Columns from which there is room for a bar beside the words. */
const ROOMY = 100;

/** A line that follows a long work. */
export interface Progress {
  /** Shows how far the work is; `words` says it for a human. */
  update(done: number, words: () => string): void;
  /** Writes a line of its own, above what is shown. */
  note(line: string): void;
  /** Shows the last words, if they are plain lines, and takes the line away, if it is a bar. */
  stop(): void;
}

/** A bar on a terminal, a plain line every five seconds elsewhere. */
export function createProgress(output: Output, total: number): Progress {
  return output.isTTY ? createBar(output, total) : createLines(output, total);
}

function createBar(output: Output, total: number): Progress {
  const bar = new SingleBar({
    format: (output.columns ?? 0) >= ROOMY ? "{bar} {percentage}%{words}" : "{percentage}%{words}",
    barCompleteChar: "━",
    barIncompleteChar: "╌",
    barsize: 12,
    stream: (output.raw ?? output) as NodeJS.WriteStream,
    linewrap: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  bar.start(total, 0, { words: "" });
  return {
    update: (done, words) => bar.update(done, { words: ` · ${words()}` }),
    // over the bar, which the next update draws below
    note: (line) => output.write(`\r\u001b[K${line}\n`),
    stop: () => bar.stop(),
  };
}

function createLines(output: Output, total: number): Progress {
  let shown = performance.now();
  let pending: (() => string) | undefined;
  const show = () => {
    if (pending) output.write(`${pending()}\n`);
    pending = undefined;
    shown = performance.now();
  };
  return {
    update(done, words) {
      pending = () => `${count(done)} of ${count(total)} · ${words()}`;
      if (performance.now() - shown >= INTERVAL) show();
    },
    note: (line) => output.write(`${line}\n`),
    stop: show,
  };
}
