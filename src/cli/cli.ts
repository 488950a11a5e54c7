import { type CAC, cac } from "cac";
import { printable } from "../runs/printable.ts";
import { expectArguments } from "./arguments.ts";
import { addBench } from "./bench.ts";
import { addCompare } from "./compare.ts";
import { type Context, exitCodes, type Output } from "./context.ts";
import { addEnvironments } from "./environments.ts";
import { addEvaluate } from "./evaluate.ts";
import { addInspect } from "./inspect.ts";
import { addMemory } from "./memory.ts";
import { addPlan } from "./plan.ts";
import { addPlot } from "./plot.ts";
import { addSweep } from "./sweep.ts";
import { addTrain } from "./train.ts";
import { addVerify } from "./verify.ts";
import { version } from "./version.ts";

/**
 * Runs a command line and answers with its exit code. What goes wrong is one sentence on stderr.
 *
 * @param words what stands after the program's name
 */
export async function run(words: readonly string[], given: Context): Promise<number> {
  const context = { ...given, stdout: escaping(given.stdout), stderr: escaping(given.stderr) };
  try {
    if (words.some((word) => word === "" || /^-[^=]*=$/.test(word)))
      throw new RangeError("arguments: expected words, got an empty one");
    const cli = createCli(context);
    const { options, args } = cli.parse(["", "", ...words], { run: false });
    if (options.help || (options.version && args.length === 0)) return exitCodes.done;
    if (words.length === 0) {
      cli.outputHelp();
      return exitCodes.done;
    }
    expectArguments(cli);
    return await cli.runMatchedCommand();
  } catch (error) {
    context.stderr.write(`error: ${printable(String(error instanceof Error ? error.message : error))}\n`);
    return exitCodes.failed;
  }
}

/** An output where names cannot move the cursor, hide text or fake a line. */
function escaping(output: Output): Output {
  return {
    write: (text) => output.write(printable(text, "\n")),
    get isTTY() {
      return output.isTTY === true;
    },
    get columns() {
      return output.columns as number;
    },
    raw: output,
  };
}

function createCli(context: Context): CAC {
  const cli = cac("generative-agent");
  addTrain(cli, context);
  addEvaluate(cli, context);
  addVerify(cli, context);
  addInspect(cli, context);
  addCompare(cli, context);
  addSweep(cli, context);
  addEnvironments(cli, context);
  addPlan(cli, context);
  addPlot(cli, context);
  addBench(cli, context);
  addMemory(cli, context);
  return cli.help().version(version);
}
