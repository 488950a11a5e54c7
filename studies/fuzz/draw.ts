/** Draws of a run of fuzzing: each input follows from the seed and its number, so that one can be tried again alone. */
export interface Draw {
  /** In [0, n − 1]. */
  below(n: number): number;
  /** One of some. */
  one<Item>(items: readonly Item[]): Item;
}

/** Mulberry32. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, one: (items) => items[below(items.length)] };
}
