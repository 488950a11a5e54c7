import { agentFrom } from "../agent/agent.ts";
import type { LoadOptions } from "../agent/options.ts";
import { expectKnownNames } from "../core/expect.ts";
import { FileError } from "../core/file.ts";
import type { Environment } from "../environments/environment.ts";
import { occupy } from "./occupancy.ts";
import { type Run, runOf } from "./run.ts";
import { readRun } from "./save.ts";
import type { SavedLane } from "./savedRun.ts";
import { episodeSeed } from "./seeds.ts";
import { createState, type RunState } from "./state.ts";
import { hashOf, type Trace } from "./trace.ts";
import { settingsOf, type TrainOptions } from "./train.ts";
import { turnWhenDue } from "./turns.ts";
import type { TrainableVector } from "./vectorEnvironment.ts";
import type { VectorRun } from "./vectorRun.ts";
import type { Walk } from "./walk.ts";

/** Options of {@link resume}. */
export interface ResumeOptions extends Omit<TrainOptions, "seed">, LoadOptions {}

const OPTIONS = [
  "steps",
  "signal",
  "episodes",
  "target",
  "onStep",
  "onEpisode",
  "threads",
  "fast",
  "memoryBudget",
] as const satisfies readonly (keyof ResumeOptions)[];

/**
 * The run that `save` wrote, at the very step: it goes on with the same bits. The environment is one like the run's, in any
 * state. One that has `load` is given what its `save` answered; any other replays the running episode, and what it answers
 * is compared.
 *
 * @param bytes   the complete file
 * @param options `steps` of the entire run, those before included, default as it was asked for; `episodes` and `target` also;
 *        `signal`, `onStep` and `onEpisode` as of {@link train}; `threads`, `fast` and `memoryBudget` as of {@link loadAgent}
 * @throws FileError when the bytes are no run of this version, cut short, damaged (one bit is enough), or say what cannot
 *         be; when the run is not of this environment: it has other spaces, another number of copies, refuses the saved state,
 *         or answers otherwise than the run's did, with the step. Whatever the environment's `reset` and `step` throw
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const run = train(await createAgent(environment, { seed: 1 }), environment, { steps: 300 });
 * for (let i = 0; i < 50; i++) await run.step();
 * const again = await resume(run.save(), await createEnvironment("pendulum"));
 * again.steps; // 50
 */
export async function resume(
  bytes: Uint8Array | ArrayBuffer,
  environment: TrainableVector,
  options?: ResumeOptions,
): Promise<VectorRun>;
export async function resume(
  bytes: Uint8Array | ArrayBuffer,
  environment: Environment,
  options?: ResumeOptions,
): Promise<Run>;
export async function resume(
  bytes: Uint8Array | ArrayBuffer,
  environment: Environment | TrainableVector,
  options: ResumeOptions = {},
): Promise<Run | VectorRun> {
  expectKnownNames("options", options, OPTIONS);
  const { archive, run } = readRun(bytes);
  const { settings, progress, lanes } = run;
  const { threads, fast, memoryBudget, ...rest } = options;
  const asked = settingsOf({ ...settings, ...rest }, settings);
  const vector = "sideBySide" in environment ? environment : undefined;
  const count = vector?.copies.length ?? 1;
  if (lanes.length !== count)
    throw new FileError(`environment: expected ${lanes.length} copies, as the saved run has, got ${count}`);
  const agent = await agentFrom(archive, { threads, fast, memoryBudget });
  if (vector !== undefined) {
    const { stateOf, runOf: vectorRunOf } = vector.sideBySide;
    const state = stateOf(
      agent,
      vector.copies,
      asked,
      lanes.map((lane) => ({ progress, ...lane })),
    );
    for (const [l, lane] of state.lanes.entries()) await takeUp(lane, lanes[l].world);
    return vectorRunOf(state);
  }
  const state = createState(agent, environment as Environment, asked, { progress, ...lanes[0] });
  await takeUp(state, lanes[0].world);
  return runOf(state);
}

/** Leads the world to where the run was in it. @param world what its `save` answered */
async function takeUp({ walk, occupant, settings }: RunState, world: SavedLane["world"]): Promise<void> {
  const { place, trace } = walk;
  if (!place.isRunning) return;
  occupy(occupant);
  if (trace === undefined) loadWorld(occupant.environment, world);
  else await replay(walk, episodeSeed(settings.seed, 0, place.episode), trace);
}

function loadWorld(environment: Environment, world: SavedLane["world"]): void {
  if (environment.load === undefined)
    throw new FileError("environment: expected one with `load`, as the saved run's has, got one without");
  try {
    environment.load(world);
  } catch (cause) {
    const message = `environment: expected to load what it saved, got ${(cause as Error)?.message ?? cause}`;
    throw new FileError(message, { cause });
  }
}

/** Leads a world through the running episode again. @throws Error that names the step where it answers otherwise */
async function replay({ world, place }: Walk, seed: number, { actions, answers }: Trace): Promise<void> {
  const compare = (hash: number, step: number) => {
    if (hash === answers[step]) return;
    const where = `${step === 0 ? "the start" : `action ${step}`} of episode ${place.episode}`;
    throw new FileError(
      `environment: expected the world of the saved run, got one that answers otherwise at ${where}`,
    );
  };
  compare(hashOf(await world.reset({ seed })), 0);
  for (const [i, action] of actions.entries()) {
    compare(hashOf(await world.step(action)), i + 1);
    await turnWhenDue();
  }
}
