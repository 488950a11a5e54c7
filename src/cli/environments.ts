import type { CAC } from "cac";
import type { Box, Discrete } from "../environments/environment.ts";
import type { Given } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { defaultSteps } from "./defaults.ts";
import { count } from "./format.ts";
import { physicsTasks } from "./worlds.ts";

/** Adds `environments`: the table of what can be learned. */
export function addEnvironments(cli: CAC, context: Context): void {
  cli
    .command("environments", "List the built-in environments")
    .usage("environments [options]")
    .option("--json", "Print one JSON array, where a missing bound is null (default: off)")
    .action(({ json }: Given) => (json ? printJson(context) : printTable(context)));
}

function printJson({ library, stdout }: Context): number {
  const entries = library.environments.map(
    ({ name, title, description, timeLimit, observationSpace, actionSpace }) => ({
      name,
      title,
      description,
      timeLimit,
      trainingSteps: defaultSteps(name),
      observationSpace,
      actionSpace,
    }),
  );
  stdout.write(`${JSON.stringify(entries)}\n`);
  return exitCodes.done;
}

function printTable({ library, stdout, program }: Context): number {
  for (const entry of library.environments) {
    const { name, title, description, timeLimit, observationSpace, actionSpace } = entry;
    stdout.write(
      `${name}  (${title})\n  ${description}\n` +
        `  observes ${spaceWords(observationSpace)}; acts by ${spaceWords(actionSpace)}; ` +
        `episodes of ${count(timeLimit)} steps at most; trained for ${count(defaultSteps(name))} by default\n\n`,
    );
  }
  stdout.write(
    `With the package @mujoco/mujoco (npm install @mujoco/mujoco), also Gymnasium's:\n  ${physicsTasks.join("\n  ")}\n\n`,
  );
  stdout.write(`Next: ${program} train ${library.environments[0].name}\n`);
  return exitCodes.done;
}

function spaceWords(space: Box | Discrete): string {
  if (space.kind === "discrete") return `one of ${space.n} choices`;
  return space.low.length === 1 ? "1 number" : `${space.low.length} numbers`;
}
