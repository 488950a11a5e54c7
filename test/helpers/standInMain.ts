/** The command line over the stand-in library, as a process of its own. */
import { runProcess } from "../../src/cli/process.ts";
import { standIn } from "./standIn.ts";

await runProcess(standIn);
