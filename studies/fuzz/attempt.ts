/** One input, and what came of it. */
import { type Agent, createEnvironment, FileError, loadAgent, loadHabit, resume } from "../../src/index.ts";
import { createDraw, type Draw } from "./draw.ts";
import { MUTATIONS, type Subject } from "./files.ts";
import { tryConfig, tryLog, tryWords } from "./texts.ts";

/** What a reader did with an input. */
export interface Outcome {
  /** Taken, refused as it should be, or a fault in a sentence. */
  readonly what: "taken" | "refused" | "fault";
  readonly message: string;
  /** Milliseconds until then. */
  readonly time: number;
  /** Bytes of WebAssembly memory that were reserved on the way. */
  readonly reserved: number;
  readonly size: number;
}

/** Inputs of a kind: each follows from its number. */
export interface Kind {
  readonly name: string;
  attempt(number: number): Promise<Outcome>;
}

/** Milliseconds that reading may take. */
export const MOST_TIME = 100;

let reserved = 0;
const { Memory } = WebAssembly;
WebAssembly.Memory = class extends Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor);
    reserved += 65_536 * descriptor.initial;
  }
};

/** All kinds of inputs: each way to spoil each file, and the texts. */
export function kindsOf(subjects: readonly Subject[]): readonly Kind[] {
  const files = subjects.flatMap((subject) =>
    Object.entries(MUTATIONS).map(([name, spoil], m) => ({
      name: `${subject.name}: ${name}`,
      attempt: (number: number) => attemptFile(subject, spoil(subject.bytes, createDraw(97 * number + m))),
    })),
  );
  const texts = Object.entries({ "config.json": tryConfig, "log.jsonl": tryLog, "command line": tryWords });
  return [
    ...files,
    ...texts.map(([name, read]) => ({
      name,
      attempt: (number: number) => attemptText(read, createDraw(number)),
    })),
  ];
}

/** Gives a file to its reader; what is taken has to live: it acts, remembers and learns. */
export async function attemptFile({ reader, name }: Subject, bytes: Uint8Array): Promise<Outcome> {
  const environment = name === "latent" ? worlds.latent : worlds.observed;
  reserved = 0;
  const start = performance.now();
  const outcome = (what: Outcome["what"], message: string): Outcome => ({
    ...{ what, message, reserved, size: bytes.length },
    time: performance.now() - start,
  });
  let live: () => void;
  try {
    if (reader === "loadHabit") {
      const habit = await loadHabit(bytes);
      live = () => habit.act(environment.reset({ seed: 1 }).observation);
    } else {
      const agent =
        reader === "loadAgent" ? await loadAgent(bytes) : (await resume(bytes, environment)).agent;
      live = () => liveOn(agent, environment);
    }
  } catch (error) {
    return error instanceof FileError && isPlanned(error)
      ? outcome("refused", error.message)
      : outcome("fault", `${error} (${(error as Error).stack?.split("\n")[1]?.trim()})`);
  }
  const taken = outcome("taken", "");
  try {
    live();
  } catch (error) {
    // a number far from all others, a space of another world: said in a sentence
    if (error instanceof WebAssembly.RuntimeError || !isPlanned(error as Error))
      return { ...taken, what: "fault", message: `afterwards: ${error}` };
  }
  return taken;
}

type World = Awaited<ReturnType<typeof createEnvironment>>;

/** Where agents live that were taken; each begins with a reset, or with the state that a run gives its world. */
const worlds = {
  observed: await createEnvironment("cartpole"),
  latent: await createEnvironment("cartpole-position"),
};

function liveOn(agent: Agent, environment: World): void {
  const { observation } = environment.reset({ seed: 1 });
  agent.reset();
  for (let i = 0; i < 2; i++) {
    const action = agent.act(observation, { explore: true });
    const step = environment.step(action);
    agent.remember({ ...step, observation, action, nextObservation: step.observation });
    agent.update({ most: 4 });
  }
}

/** Whether somebody thought of it: a sentence that says what was expected, or names what the damage is. */
function isPlanned({ message, cause }: Error): boolean {
  const isSentence = /^[^\n]{1,2000}$/.test(message) && message.includes(": expected ");
  return isSentence || (cause instanceof RangeError && /call stack|array length/i.test(message));
}

async function attemptText(read: (draw: Draw) => void | Promise<void>, draw: Draw): Promise<Outcome> {
  const start = performance.now();
  const end = () => ({ time: performance.now() - start, reserved: 0, size: 1024 });
  try {
    await read(draw);
    return { what: "taken", message: "", ...end() };
  } catch (error) {
    const isRefusal =
      error instanceof Error && !(error instanceof TypeError) && error.message.includes(": expected ");
    return { what: isRefusal ? "refused" : "fault", message: String(error), ...end() };
  }
}
