import { ownPort } from "../../core/port.ts";
import { createAgent, loadAgent } from "../agent.ts";
import { diagnose } from "../diagnose.ts";
import type { Agent } from "../interface.ts";
import type { Answer, Known, Question } from "./client.ts";

/**
 * Lets this worker run the agent that `createWorkerAgent` asks for: the entire program of a worker.
 *
 * @throws Error outside of a worker
 */
export function serveAgent(): void {
  const port = ownPort();
  const answer = answering();
  let last: Promise<void> = Promise.resolve();
  port.listen(
    (question) => {
      // one after another: an agent takes a moment to be made
      last = last.then(async () => port.post(await answer(question as Question)));
    },
    () => {},
  );
}

/** Answers questions to one agent. */
export function answering(): (question: Question) => Promise<Answer> {
  let agent: Agent | undefined;
  const known = (): { agent?: Known } => {
    if (agent === undefined) return {};
    const { options, spaces, steps } = agent;
    return { agent: { options: { ...options }, spaces, steps } };
  };
  const ask = async (question: Question): Promise<unknown> => {
    const { member, words } = question;
    if (member === "create") agent = await createAgent(words[0], words[1]);
    if (member === "load") agent = await loadAgent(words[0], words[1]);
    if (member === "create" || member === "load") return undefined;
    if (agent === undefined) throw new Error("worker: expected an agent to be made first, got none");
    if (member === "diagnose") return diagnose(agent);
    return (agent[member] as (...own: readonly unknown[]) => unknown)(...words);
  };
  return async (question) => {
    const { id } = question;
    try {
      const value = await ask(question);
      return { id, value, ...known() };
    } catch (error) {
      const { name, message } = error as Error;
      return { id, error: { name, message }, ...known() };
    }
  };
}
