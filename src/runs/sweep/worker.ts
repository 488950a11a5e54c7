/** A process that does trials, one after the other, until its parent is gone. */
import type { Answer, Request } from "./processes.ts";
import { runTrial, worldMaker } from "./trial.ts";

process.on("message", async (request: Request) => {
  const answer = await answerTo(request);
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());

async function answerTo({ trial, version, base }: Request): Promise<Answer> {
  try {
    const makeWorld = await worldMaker(trial.world, base);
    return { result: await runTrial(trial, { version, makeWorld }) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { fault: message, isMissing: name === "MissingWorldError" };
  }
}
