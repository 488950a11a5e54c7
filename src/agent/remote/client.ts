import { type AnyWorker, openPort, type Port } from "../../core/port.ts";
import type { ActionOf, Space } from "../../environments/environment.ts";
import type { Finding } from "../diagnose.ts";
import type { Agent, Spaces } from "../interface.ts";
import type { Options, Settings } from "../options.ts";

/** What is asked for: an agent first, made or loaded, then its members by name. */
export type Question =
  | { readonly id: number; readonly member: "create"; readonly words: readonly [Spaces, Options] }
  | { readonly id: number; readonly member: "load"; readonly words: readonly [Uint8Array, object] }
  | { readonly id: number; readonly member: Member; readonly words: readonly unknown[] };

/** The members of an agent that may be asked, and `diagnose`. */
export type Member =
  | keyof Pick<
      Agent,
      "act" | "actAll" | "reset" | "remember" | "update" | "learn" | "explain" | "configure" | "save"
    >
  | "diagnose";

/** What is answered, with what may have changed. */
export type Answer = { readonly id: number; readonly agent?: Known } & (
  | { readonly value: unknown }
  | { readonly error: { readonly name: string; readonly message: string } }
);

/** What is known of an agent without asking. */
export interface Known<A extends Space = Space> {
  readonly options: Settings;
  readonly spaces: Spaces<A>;
  readonly steps: number;
}

const MEMBERS: readonly Member[] = [
  "act",
  "actAll",
  "reset",
  "remember",
  "update",
  "learn",
  "explain",
  "configure",
  "save",
  "diagnose",
];

/** A member of an agent, whose answer is a promise. */
type Later<Method> = Method extends (...words: infer Words) => infer Value
  ? (...words: Words) => Promise<Value>
  : never;

/** An agent that acts and learns in another thread: an agent's members, as promises. */
export interface WorkerAgent<A extends Space = Space> extends Known<A> {
  /** The options it was made with, every default filled in; as of the last answer. */
  readonly options: Known["options"];
  /** The spaces that it was made for. */
  readonly spaces: Spaces<A>;
  /** Transitions remembered, as of the last answer. */
  readonly steps: number;
  /** As of {@link Agent}. */
  readonly act: (...words: Parameters<Agent["act"]>) => Promise<ActionOf<A>>;
  /** As of {@link Agent}. */
  readonly actAll: (...words: Parameters<Agent["actAll"]>) => Promise<ActionOf<A>[]>;
  /** As of {@link Agent}. */
  readonly reset: Later<Agent["reset"]>;
  /** As of {@link Agent}. */
  readonly remember: Later<Agent["remember"]>;
  /** As of {@link Agent}. */
  readonly update: Later<Agent["update"]>;
  /** As of {@link Agent}. */
  readonly learn: Later<Agent["learn"]>;
  /** As of {@link Agent}. */
  readonly explain: Later<Agent["explain"]>;
  /** As of {@link Agent}. */
  readonly configure: Later<Agent["configure"]>;
  /** As of {@link Agent}. */
  readonly save: Later<Agent["save"]>;
  /** As of `diagnose(agent)`. */
  readonly diagnose: () => Promise<readonly Finding[]>;
  /** Ends the worker; what was asked for and not answered is refused. */
  close(): void;
}

/** What the agent is to be. */
export interface WorkerAgentOptions<A extends Space = Space> {
  /** A world, or its two spaces; left out where `bytes` are given. */
  readonly spaces?: Spaces<A>;
  /** As of `createAgent`; of `loadAgent` where `bytes` are given. */
  readonly options?: Options;
  /** A file of `agent.save()`, from which the agent goes on. */
  readonly bytes?: Uint8Array;
}

/**
 * An agent in a Web Worker, or in a worker thread of Node: the page stays free while it plans and learns. The worker's program is a
 * module of one call, `serveAgent()`. What is asked is answered in order; the agent is the same as in one's own thread, to the bit.
 *
 * @param worker the address of that module, or a worker that runs it: bundlers follow `new Worker(new URL("./agent.js", import.meta.url), { type: "module" })`
 * @throws whatever `createAgent` or `loadAgent` throws; Error when the worker does not start
 *
 * @example
 * import { createWorkerAgent } from "generative-agent/worker";
 * const program = 'import { serveAgent } from "generative-agent/worker"; serveAgent();';
 * const worker = new URL(`data:text/javascript,${encodeURIComponent(program)}`); // a file of one's own, else
 * typeof createWorkerAgent; // "function"
 */
export async function createWorkerAgent<A extends Space = Space>(
  worker: string | URL | AnyWorker,
  { spaces, options = {}, bytes }: WorkerAgentOptions<A>,
): Promise<WorkerAgent<A>> {
  const port = openPort(worker);
  const line = asking(port);
  try {
    if (bytes !== undefined) await line.ask("load", [bytes, options]);
    else {
      const { observationSpace, actionSpace } = (spaces ?? {}) as Spaces<A>;
      await line.ask("create", [{ observationSpace, actionSpace }, options]);
    }
  } catch (error) {
    port.close();
    throw error;
  }
  const members = MEMBERS.map((member) => [member, (...words: unknown[]) => line.ask(member, words)]);
  const agent = Object.fromEntries(members);
  for (const name of ["options", "spaces", "steps"] as const)
    Object.defineProperty(agent, name, { get: () => line.known()?.[name], enumerable: true });
  return Object.assign(agent, { close: line.close }) as WorkerAgent<A>;
}

/** A caller who waits for an answer. */
interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Asks over a line, and hands the answers to who asked. */
export function asking(port: Port) {
  const waiting = new Map<number, Waiting>();
  let known: Known | undefined;
  let ended: Error | undefined;
  let last = 0;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  port.listen((message) => {
    const answer = message as Answer;
    known = answer.agent ?? known;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) port.rest();
    if ("error" in answer) asked?.reject(errorOf(answer.error));
    else asked?.resolve(answer.value);
  }, end);
  return {
    known: () => known,
    ask: (member: Member | "create" | "load", words: readonly unknown[]) =>
      new Promise<unknown>((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const id = ++last;
        waiting.set(id, { resolve, reject });
        port.wake();
        try {
          port.post({ id, member, words });
        } catch (error) {
          waiting.delete(id);
          reject(error);
        }
      }),
    close() {
      port.close();
      end(new Error("agent: expected one whose worker runs, got one that was closed"));
    },
  };
}

/** The error that the agent threw, of its kind. */
function errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  const kinds: Readonly<Record<string, ErrorConstructor>> = { TypeError, RangeError };
  const error = new (kinds[name] ?? Error)(message);
  if (error.name !== name) error.name = name;
  return error;
}
