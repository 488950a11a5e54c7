/** The draws of `assembly/random` in plain TypeScript: Philox4x32-10, then uniform numbers and Box–Muller. */
import { cosine, logarithm, sine } from "./math.ts";

const words = new Int32Array(16);

/** The high word of a · b. */
function high(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const rest = aLow * bHigh + (middle & 0xffff);
  // middle may exceed 2³¹ but not 2³²: >>> keeps it
  return (aHigh * bHigh + (middle >>> 16) + (rest >>> 16)) | 0;
}

/** Words of the blocks `block` … `block` + 3, word j of block b at 4j + b. */
function group(seedLow: number, seedHigh: number, stream: number, tile: number, step: number, block: number) {
  for (let b = 0; b < 4; b++) {
    let [c0, c1, c2, c3, k0, k1] = [
      (block + b) | 0,
      step | 0,
      tile | 0,
      stream | 0,
      seedLow | 0,
      seedHigh | 0,
    ];
    for (let round = 0; round < 10; round++) {
      const first = high(c2, 0xcd9e8d57) ^ c1 ^ k0;
      const third = high(c0, 0xd2511f53) ^ c3 ^ k1;
      c1 = Math.imul(c2, 0xcd9e8d57);
      c3 = Math.imul(c0, 0xd2511f53);
      c0 = first;
      c2 = third;
      k0 = (k0 + 0x9e3779b9) | 0;
      k1 = (k1 + 0xbb67ae85) | 0;
    }
    words[b] = c0;
    words[4 + b] = c1;
    words[8 + b] = c2;
    words[12 + b] = c3;
  }
}

export function philox(
  out: Uint32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
): Uint32Array {
  for (let i = 0; i < out.length; i++) {
    if ((i & 15) === 0) group(seedLow, seedHigh, stream, tile, step, i >> 2);
    out[i] = words[i & 15];
  }
  return out;
}

export function uniform(
  out: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
): Float32Array {
  for (let i = 0; i < out.length; i++) {
    if ((i & 15) === 0) group(seedLow, seedHigh, stream, tile, step, i >> 2);
    out[i] = (words[i & 15] >>> 8) * 2 ** -24;
  }
  return out;
}

/** out.length is a multiple of 16. */
export function normal(
  out: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
): Float32Array {
  for (let i = 0; i < out.length; i += 8) {
    if ((i & 15) === 0) group(seedLow, seedHigh, stream, tile, step, i >> 2);
    for (let lane = 0; lane < 4; lane++) {
      const from = (i & 8) + lane;
      const turn = words[from + 4];
      const radius = Math.sqrt(-2 * logarithm(1 - (words[from] >>> 8) * 2 ** -24));
      const angle = (turn << 2) * ((Math.PI / 4) * 2 ** -31);
      const cos = turn & 0x40000000 ? -cosine(angle) : cosine(angle);
      const sin = sine(angle);
      out[i + lane] = radius * (turn < 0 ? sin : cos);
      out[i + lane + 4] = radius * (turn < 0 ? cos : sin);
    }
  }
  return out;
}
