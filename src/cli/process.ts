import { basename, relative, sep } from "node:path";
import { run } from "./cli.ts";
import { exitCodes, type Library } from "./context.ts";

/** Milliseconds in which a second signal is the same Ctrl-C: npm passes on what the terminal sent already. */
const SAME_PRESS = 300;

/** Runs this process's command line to its exit code. */
export async function runProcess(library: Library): Promise<void> {
  const signal = abortOnSignals();
  const { argv, execArgv, stdout, stderr } = process;
  const program = programName(argv[1], execArgv, process.cwd());
  process.exitCode = await run(argv.slice(2), { library, stdout, stderr, signal, program });
}

/** Aborted by the first Ctrl-C or request to end, and by a reader that went away; a second one quits at once. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (controller.signal.aborted && performance.now() - first > SAME_PRESS)
      process.exit(exitCodes.interrupted);
    if (!controller.signal.aborted) first = performance.now();
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  for (const output of [process.stdout, process.stderr])
    output.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      controller.abort();
    });
  return controller.signal;
}

/** What to type to call the program again. */
export function programName(script: string, execArgv: readonly string[], folder: string): string {
  if (script.includes(`${sep}node_modules${sep}`)) return "npx generative-agent";
  if (basename(script) === "generative-agent") return "generative-agent";
  return ["node", ...execArgv, relative(folder, script)].join(" ");
}
