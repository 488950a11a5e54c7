/** Arrays of one plan, which the next plan uses again: plans leave no garbage but for the views. */
export interface Pool {
  /** An array of `size` numbers that hold anything. */
  take(size: number): Float32Array;
  /** Gives all arrays back. */
  reset(): void;
}

/** Numbers of one chunk. */
const CHUNK = 1 << 16;

/** An empty pool. */
export function createPool(): Pool {
  const chunks: Float32Array[] = [];
  let chunk = 0;
  let used = 0;
  return {
    take(size) {
      while (chunk < chunks.length && used + size > chunks[chunk].length) {
        chunk++;
        used = 0;
      }
      if (chunk === chunks.length) chunks.push(new Float32Array(Math.max(CHUNK, size)));
      const view = chunks[chunk].subarray(used, used + size);
      used += size;
      return view;
    },
    reset() {
      chunk = 0;
      used = 0;
    },
  };
}
