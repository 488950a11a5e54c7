/** What returns are measured by in a world: a random policy, and the best that is known. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { planningPolicy, type Search } from "./plan.ts";
import { controllerPolicy, meanOf, play, randomPolicy, type SuiteWorld } from "./world.ts";

/** Where a reference comes from. */
export type Source = "controller" | "planning" | "published";

/** Scores are linear in the return: 0 for the random policy, 1 for the reference. */
export interface Reference {
  /** The better of the controller and planning on the true dynamics, or a published mean that is better than both. */
  readonly source: Source;
  /** Its returns on the starts seeded 1000, 1001, …: {@link STARTS} of them. */
  readonly returns: readonly number[];
  /** The mean return of the random policy on {@link RANDOM_STARTS} starts. */
  readonly random: number;
  /** The means of all that was tried. */
  readonly means: Readonly<Partial<Record<Source, number>>>;
}

/** Starts of a reference: no trial is evaluated on more. */
export const STARTS = 20;
export const RANDOM_STARTS = 200;

/** A line of JSON a world. */
export const REFERENCES = fileURLToPath(new URL("references.jsonl", import.meta.url));

/** The references that `writeReferences.ts` wrote, by world. */
export const references = readReferences();

export function readReferences(): Readonly<Record<string, Reference>> {
  const lines = readFileSync(REFERENCES, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const { world, ...reference } = JSON.parse(line);
      return [world, reference as Reference];
    }),
  );
}

/**
 * Computes a world's reference. A world that hides a part of its state is not planned: a plan on the true state would use what
 * nobody can see.
 */
export async function referenceOf(
  world: SuiteWorld,
  { starts = STARTS, search }: { readonly starts?: number; readonly search?: Search } = {},
): Promise<Reference> {
  const tried: [Source, readonly number[]][] = [["controller", await play(world, controllerPolicy, starts)]];
  if (!world.isPartial)
    tried.push(["planning", await play(world, await planningPolicy(world, search), starts)]);
  if (world.published) tried.push(["published", new Array<number>(starts).fill(world.published.return)]);
  const means = tried.map(([source, returns]) => [source, meanOf(returns)] as const);
  const best = Math.max(...means.map(([, mean]) => mean));
  const [source, returns] = tried[means.findIndex(([, mean]) => mean === best)];
  return {
    source,
    returns: returns.map(rounded),
    random: rounded(meanOf(await play(world, randomPolicy, RANDOM_STARTS))),
    means: Object.fromEntries(means.map(([name, mean]) => [name, rounded(mean)])),
  };
}

/**
 * The score of returns on the starts seeded 1000, 1001, …: (return − random) / (reference − random), both means over the same
 * starts, but for the random policy's.
 *
 * @throws RangeError for a world without a reference, or more returns than that has
 */
export function scoreOf(world: string, returns: readonly number[], known = references): number {
  const reference = known[world];
  if (reference === undefined) throw new RangeError(`world: expected one with a reference, got ${world}`);
  if (returns.length > reference.returns.length)
    throw new RangeError(`returns: expected ${reference.returns.length} or fewer, got ${returns.length}`);
  const best = meanOf(reference.returns.slice(0, returns.length));
  return (meanOf(returns) - reference.random) / (best - reference.random);
}

/** Six figures. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
