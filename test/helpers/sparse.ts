import fc from "fast-check";
import { type SparseModel, sparseModel } from "../../src/models/sparse/sparseModel.ts";

/** What a property draws a model by. */
export interface Drawn {
  readonly sizes: readonly [states: number, actions: number, observations: number];
  readonly seed: number;
  /** What rewards depend on: 0 state and action, 1 also the next state, 2 also the observation. */
  readonly depth: number;
  readonly isNamed: boolean;
}

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  sizes: fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 4 }),
  ),
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  depth: fc.integer({ min: 0, max: 2 }),
  isNamed: fc.boolean(),
});

/** A model of uneven probabilities, about half of them 0. */
export function drawnModel({ sizes: [S, A, O], seed, depth, isNamed }: Drawn): SparseModel {
  const unit = generator(seed);
  const names = (size: number, letter: string) =>
    isNamed ? Array.from({ length: size }, (_, i) => `${letter}-${i}`) : size;
  const reward = new Map<string, number>();
  return sparseModel({
    states: names(S, "s"),
    actions: names(A, "a"),
    observations: names(O, "o"),
    transition: () => row(S, unit),
    observation: () => row(O, unit),
    reward(...indices) {
      const key = indices.slice(0, 2 + depth).join();
      if (!reward.has(key)) reward.set(key, unit() < 0.3 ? 0 : (unit() - 0.5) * 1e3);
      return reward.get(key) ?? 0;
    },
    initial: row(S, unit),
    discount: unit(),
  });
}

function row(size: number, unit: () => number): [number, number][] {
  const kept = Array.from({ length: size }, () => (unit() < 0.5 ? 0 : unit()));
  kept[Math.floor(unit() * size)] += 1;
  const total = kept.reduce((sum, w) => sum + w, 0);
  return kept.map((w, i) => [i, w / total]);
}

/** Uniform numbers of a small generator (Park & Miller 1988). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
