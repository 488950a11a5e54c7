/** What is wrong with an environment's members and its answers: of whoever acts in one. */
import { isArray, shown } from "../core/expect.ts";
import { isPromise } from "../core/promises.ts";
import { endingProblem, numberProblem, type Problem, refuse, type Seeing } from "../core/readings.ts";
import { missingCall, spaceProblems } from "./checkSpaces.ts";
import { valueProblem } from "./checkValue.ts";
import type { Environment, Start, Step } from "./environment.ts";
import { infoProblem } from "./mask.ts";

/** What is wrong with an environment, before anything is asked of it. */
export function environmentProblems(environment: Environment | null | undefined): Problem[] {
  const none = (message: string) => [{ what: "environment", message, Fault: TypeError }];
  if (isPromise(environment)) return none("expected an environment, got a Promise: `await` is missing");
  if (typeof environment !== "object" || environment === null)
    return none(`expected an environment, got ${shown(environment)}${missingCall(environment)}`);
  const members = (["reset", "step"] as const).flatMap((what) => {
    const member: unknown = environment[what];
    if (typeof member === "function") return [];
    return [{ what, message: `expected a function, got ${shown(member)}`, Fault: TypeError }];
  });
  return [...spaceProblems(environment), ...members];
}

/** @throws TypeError or RangeError that names the first thing wrong with the environment */
export function expectEnvironment(environment: Environment): void {
  refuse(environmentProblems(environment)[0]);
}

/** What is wrong with the answer of `reset`. */
export function startProblem(
  { observationSpace, actionSpace }: Pick<Environment, "observationSpace" | "actionSpace">,
  answer: unknown,
  seeing?: Seeing,
): Problem | undefined {
  return (
    objectProblem("reset", answer, "{ observation }") ??
    valueProblem(observationSpace, "observation", (answer as Start).observation, seeing) ??
    infoProblem(actionSpace, (answer as Start).info)
  );
}

/** What is wrong with the answer of `step`, part by part. */
export function stepProblems(
  { observationSpace, actionSpace }: Pick<Environment, "observationSpace" | "actionSpace">,
  answer: unknown,
  seeing?: Seeing,
): Problem[] {
  const wrong = objectProblem("step", answer, "{ observation, reward, terminated, truncated }");
  if (wrong !== undefined) return [wrong];
  const { observation, reward, info } = answer as Step;
  return [
    valueProblem(observationSpace, "observation", observation, seeing),
    numberProblem("reward", reward),
    endingProblem("terminated", answer as Step),
    endingProblem("truncated", answer as Step),
    infoProblem(actionSpace, info, isLast(answer as Step)),
  ].filter((problem) => problem !== undefined);
}

/** The first of {@link stepProblems}, looked for without an array: once a step. */
export function stepProblem(
  { observationSpace, actionSpace }: Pick<Environment, "observationSpace" | "actionSpace">,
  answer: unknown,
  seeing?: Seeing,
): Problem | undefined {
  const wrong = objectProblem("step", answer, "{ observation, reward, terminated, truncated }");
  if (wrong !== undefined) return wrong;
  const step = answer as Step;
  return (
    valueProblem(observationSpace, "observation", step.observation, seeing) ??
    numberProblem("reward", step.reward) ??
    endingProblem("terminated", step) ??
    endingProblem("truncated", step) ??
    infoProblem(actionSpace, step.info, isLast(step))
  );
}

/** Whether no action follows. */
function isLast({ terminated, truncated }: Step): boolean {
  return terminated === true || truncated === true;
}

function objectProblem(what: "reset" | "step", answer: unknown, expected: string): Problem | undefined {
  const isTuple = isArray(answer);
  if (typeof answer === "object" && answer !== null && !isTuple && !isPromise(answer)) return undefined;
  const help = isTuple ? ": Gym's tuple is an object here" : "";
  return { what, message: `expected ${expected}, got ${shown(answer)}${help}`, Fault: TypeError };
}
