/** The kernels' twins in f64 and plain loops, written for reading. */

/** A small generator for test data: uniform on [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** max |actual − expected|; NaN when one difference is. */
export function maxAbsError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
  return worst;
}

/** out[n] = Σ_d log N(x[d,n]; μ[d], σ[d]²) */
export function gaussianLogDensity(
  x: ArrayLike<number>,
  mean: ArrayLike<number>,
  std: ArrayLike<number>,
  N: number,
): number[] {
  return Array.from({ length: N }, (_, n) => {
    let sum = 0;
    for (let d = 0; d < mean.length; d++) {
      const z = (x[d * N + n] - mean[d]) / std[d];
      sum += -0.5 * z * z - Math.log(std[d]) - 0.5 * Math.log(2 * Math.PI);
    }
    return sum;
  });
}

/** The distance of neighbouring f32 around y, in the lower binade where y is a power of two. */
export function ulp(y: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(y))), -126);
  return 2 ** (Math.min(exponent, 127) - 23);
}

/** The largest |f(x) − exact(x)| in ulp over every `stride`-th f32 of [low, high], and where. */
export function worstUlp(
  f: (x: Float32Array) => Float32Array,
  exact: (x: number) => number,
  low: number,
  high: number,
  stride: number,
): { error: number; at: number } {
  const block = new Float32Array(4096);
  const floats = sampledFloats(low, high, stride);
  let worst = { error: 0, at: low };
  for (let start = 0; start < floats.length; start += block.length) {
    // the last block repeats the last number
    for (let i = 0; i < block.length; i++) block[i] = floats[Math.min(start + i, floats.length - 1)];
    const actual = f(block);
    for (let i = 0; i < block.length; i++) {
      const y = exact(block[i]);
      const error = Math.abs(actual[i] - y) / ulp(y);
      if (Number.isNaN(error)) return { error, at: block[i] };
      if (error > worst.error) worst = { error, at: block[i] };
    }
  }
  return worst;
}

/** Every `stride`-th f32 of [low, high], evenly over their bit patterns. */
function sampledFloats(low: number, high: number, stride: number): Float32Array {
  const bits = (x: number) => new Uint32Array(Float32Array.of(x).buffer)[0];
  const patterns: number[] = [bits(low), bits(high)];
  if (low < 0) for (let b = bits(-0) + 1; b < bits(low); b += stride) patterns.push(b);
  const least = low > 0 ? bits(low) : 1;
  if (high > 0) for (let b = least; b < bits(high); b += stride) patterns.push(b);
  return new Float32Array(Uint32Array.from(patterns).buffer);
}

/** The four words of Philox4x32-10 at a counter of four words and a key of two. */
export function philox(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map((word) => BigInt(word >>> 0));
  let [k0, k1] = key.map((word) => BigInt(word >>> 0));
  const low = (x: bigint) => x & 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const first = 0xd2511f53n * c0;
    const second = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(second >> 32n) ^ c1 ^ k0, low(second), (first >> 32n) ^ c3 ^ k1, low(first)];
    k0 = low(k0 + 0x9e3779b9n);
    k1 = low(k1 + 0xbb67ae85n);
  }
  return [c0, c1, c2, c3].map(Number);
}

/** The N words the draws of (key, stream, tile, step) are made from: word j of block 4g + b at 16g + 4j + b. */
export function words(
  key: readonly number[],
  stream: number,
  tile: number,
  step: number,
  N: number,
): number[] {
  return Array.from({ length: N }, (_, i) => {
    const block = 4 * Math.floor(i / 16) + (i % 4);
    return philox([block, step, tile, stream], key)[Math.floor(i / 4) % 4];
  });
}

/** log Σ exp x[n] */
export function logSumExp(x: ArrayLike<number>): number {
  const shift = Math.max(...Array.from(x));
  return shift === -Infinity ? shift : shift + Math.log(sum(Array.from(x, (v) => Math.exp(v - shift))));
}

/** exp(logWeights[n]) / Σ exp(logWeights) */
export function normaliseWeights(logWeights: ArrayLike<number>): number[] {
  const total = logSumExp(logWeights);
  return Array.from(logWeights, (logWeight) => Math.exp(logWeight - total));
}

/** (Σ w)² / Σ w² */
export function effectiveSampleSize(logWeights: ArrayLike<number>): number {
  const weights = normaliseWeights(logWeights);
  return sum(weights) ** 2 / sum(weights.map((w) => w * w));
}

/** Σ w x / Σ w and √(Σ w (x − mean)² / Σ w) of one row. */
export function weightedMoments(
  x: ArrayLike<number>,
  weights: ArrayLike<number>,
): { mean: number; std: number } {
  const w = Array.from(weights);
  const mean = sum(w.map((weight, n) => weight * x[n])) / sum(w);
  return { mean, std: Math.sqrt(sum(w.map((weight, n) => weight * (x[n] - mean) ** 2)) / sum(w)) };
}

/** For each position of [0, 1), the particle whose share of the weights covers it. */
export function ancestorsAt(positions: readonly number[], weights: ArrayLike<number>): number[] {
  const total = sum(Array.from(weights));
  return positions.map((position) => {
    let covered = 0;
    for (let n = 0; n < weights.length; n++) {
      covered += weights[n];
      if (covered > position * total) return n;
    }
    return weights.length - 1;
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
