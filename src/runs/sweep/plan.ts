/** What a sweep is asked to do: worlds × options × seeds, or trials one by one. */
import { createHash } from "node:crypto";
import type { Options } from "../../agent/options.ts";
import { parseObject } from "../config.ts";

/** A world of one's own: a module that makes it. */
export interface ModuleWorld {
  /** Its file, relative to the plan's, or a package's name. */
  readonly module: string;
  /** The export that returns a world, or a promise of one. Default "default". */
  readonly export?: string;
  /** Whatever changes when the world does: results of another version are results of another world. */
  readonly version: string;
}

/** One training and what it is worth: a value, whose identity is {@link trialId}. */
export interface Trial {
  /** The task name of a built-in world, or a world of one's own. */
  readonly world: string | ModuleWorld;
  /** Options of `createAgent`, without the seed. */
  readonly options: Options;
  /** Of agent and world, 0 … 2³² − 1. */
  readonly seed: number;
  /** Environment steps to learn from, ≥ 1. */
  readonly steps: number;
  /** Episodes that planner and habit are evaluated by, ≥ 0. */
  readonly episodes: number;
}

/** Seeds, one by one or from the first to the last. */
export type Seeds = readonly number[] | { readonly from: number; readonly to: number };

/** All combinations of worlds, options and seeds. */
export interface SweepPlan {
  readonly worlds: readonly (string | ModuleWorld)[];
  /** Sets of options. Default: one, the defaults. */
  readonly options?: readonly Options[];
  /** Values of options, of which every combination is added to every set. Default: none. */
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
  /** Default [1]. */
  readonly seeds?: Seeds;
  /** Default 2000. */
  readonly steps?: number;
  /** Default 4. */
  readonly episodes?: number;
}

const STEPS = 2000;
const EPISODES = 4;
/** Trials of the largest plan. */
const MOST = 1_000_000;
const LAST_SEED = 2 ** 32 - 1;

/**
 * The trials of the text of a plan: an object as {@link SweepPlan}, or `{ "trials": [Trial, …] }`. Trials that occur twice count once.
 *
 * @param path named in messages
 * @throws Error that names the field, what was expected and what came
 */
export function parsePlan(text: string, path: string): readonly Trial[] {
  return trialsOf(parseObject(text, path), path);
}

/** The trials of a plan. @param where named in messages @throws Error as {@link parsePlan} */
export function trialsOf(plan: object, where = "plan"): readonly Trial[] {
  const given = plan as Readonly<Record<string, unknown>>;
  const trials = "trials" in given ? listed(given, where) : crossed(given, where);
  const unique = new Map(trials.map((trial) => [canonical(trial), trial]));
  return [...unique.values()];
}

/**
 * The identity of a trial, the same wherever it runs: SHA-256 in hexadecimal of the package's version and the trial, written as
 * JSON with its names in alphabetical order.
 */
export function trialId(trial: Trial, version: string): string {
  return createHash("sha256")
    .update(canonical([version, trial]))
    .digest("hex");
}

/** JSON with the names of every object in alphabetical order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function listed(given: Readonly<Record<string, unknown>>, where: string): readonly Trial[] {
  expectNames(given, ["trials"], where);
  return array(given.trials, `${where}: trials`).map((value, i) => {
    const at = `${where}: trials[${i}]`;
    const trial = record(value, at);
    expectNames(trial, ["world", "options", "seed", "steps", "episodes"], at);
    const { options = {}, seed = 1, steps = STEPS, episodes = EPISODES } = trial;
    return {
      world: world(trial.world, `${at}: world`),
      options: optionSet(options, `${at}: options`),
      seed: whole(seed, 0, LAST_SEED, `${at}: seed`),
      steps: whole(steps, 1, Number.MAX_SAFE_INTEGER, `${at}: steps`),
      episodes: whole(episodes, 0, Number.MAX_SAFE_INTEGER, `${at}: episodes`),
    };
  });
}

function crossed(given: Readonly<Record<string, unknown>>, where: string): readonly Trial[] {
  expectNames(given, ["worlds", "options", "grid", "seeds", "steps", "episodes"], where);
  const worlds = array(given.worlds, `${where}: worlds`).map((value, i) =>
    world(value, `${where}: worlds[${i}]`),
  );
  const sets = array(given.options ?? [{}], `${where}: options`).map((value, i) =>
    optionSet(value, `${where}: options[${i}]`),
  );
  const combinations = combined(record(given.grid ?? {}, `${where}: grid`), `${where}: grid`);
  const seeds = seedsOf(given.seeds ?? [1], `${where}: seeds`);
  const steps = whole(given.steps ?? STEPS, 1, Number.MAX_SAFE_INTEGER, `${where}: steps`);
  const episodes = whole(given.episodes ?? EPISODES, 0, Number.MAX_SAFE_INTEGER, `${where}: episodes`);
  const count = worlds.length * sets.length * combinations.length * seeds.length;
  if (count > MOST) throw new RangeError(`${where}: expected at most ${MOST} trials, got ${count}`);
  return worlds.flatMap((one) =>
    sets.flatMap((set) =>
      combinations.flatMap((combination) =>
        seeds.map((seed) => ({ world: one, options: { ...set, ...combination }, seed, steps, episodes })),
      ),
    ),
  );
}

/** Every combination of the values of a grid; one, empty, of a grid without names. */
function combined(grid: Readonly<Record<string, unknown>>, where: string): readonly Options[] {
  let sets: readonly Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    const own = array(values, `${where}: ${name}`);
    if (sets.length * own.length > MOST)
      throw new RangeError(`${where}: expected at most ${MOST} combinations, got more`);
    sets = sets.flatMap((set) => own.map((value) => ({ ...set, [name]: value })));
  }
  return sets.map((set) => optionSet(set, where));
}

function seedsOf(value: unknown, where: string): readonly number[] {
  if (Array.isArray(value))
    return array(value, where).map((seed, i) => whole(seed, 0, LAST_SEED, `${where}[${i}]`));
  const given = record(value, where);
  expectNames(given, ["from", "to"], where);
  const from = whole(given.from, 0, LAST_SEED, `${where}: from`);
  const to = whole(given.to, from, LAST_SEED, `${where}: to`);
  if (to - from >= MOST)
    throw new RangeError(`${where}: expected at most ${MOST} seeds, got ${to - from + 1}`);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function world(value: unknown, where: string): string | ModuleWorld {
  if (typeof value === "string" && value !== "") return value;
  const given = record(value, where, "a task name or { module, version }");
  expectNames(given, ["module", "export", "version"], where);
  for (const name of ["module", "version"])
    if (typeof given[name] !== "string" || given[name] === "")
      throw new TypeError(`${where}: ${name}: expected a text, got ${JSON.stringify(given[name])}`);
  if (given.export !== undefined && typeof given.export !== "string")
    throw new TypeError(`${where}: export: expected a text, got ${JSON.stringify(given.export)}`);
  return given as unknown as ModuleWorld;
}

function optionSet(value: unknown, where: string): Options {
  const given = record(value, where);
  if ("seed" in given)
    throw new RangeError(`${where}: expected seeds beside the options, got a seed in them`);
  return given as Options;
}

function whole(value: unknown, low: number, high: number, where: string): number {
  if (Number.isSafeInteger(value) && Number(value) >= low && Number(value) <= high) return Number(value);
  const range = high === Number.MAX_SAFE_INTEGER ? `≥ ${low}` : `between ${low} and ${high}`;
  throw new RangeError(`${where}: expected a whole number ${range}, got ${JSON.stringify(value)}`);
}

function array(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  const got = Array.isArray(value) ? "an empty one" : JSON.stringify(value);
  throw new TypeError(`${where}: expected an array of one value or more, got ${got}`);
}

function record(value: unknown, where: string, expected = "an object"): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new TypeError(`${where}: expected ${expected}, got ${JSON.stringify(value)}`);
}

function expectNames(given: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${where}: expected ${known.join(", ")}, got ${unknown}`);
}
