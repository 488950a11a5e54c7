import { interleave } from "./interleave.ts";

/**
 * The fastest that 128-bit vectors can multiply and add here, measured where it is compared: a loop over registers alone.
 *
 *   s_i ← s_i · ½ + 1,   some independent sums of 4 lanes, each of a product and a sum or of both fused
 *
 * How many sums hide the latency of what follows each other, and still leave registers for the constants, is the processor's:
 * `createFastestPeak` tries several.
 */
const SUMS = 12;
const LANES = 4;

/** Numbers of sums to be tried; two constants and fourteen sums fill sixteen registers. */
const TRIED = [6, 8, 10, 12, 14];

// WebAssembly's binary format, https://webassembly.github.io/spec/core/binary
const [I32, F32, V128] = [0x7f, 0x7d, 0x7b];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const integer = (value: number) => [0x41, value];
const float = (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
const SPLAT = [0xfd, 0x13];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const FUSED = [0xfd, 0x85, 0x02];
const FIRST_LANE = [0xfd, 0x1f, 0];
const vector = (value: number) => [...float(value), ...SPLAT];

/** A length in base 128, as every length of the format. */
const length = (value: number) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const sized = (bytes: readonly number[]) => [...length(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];

/** Which loop. */
export interface PeakOptions {
  /** Independent sums. Default 12. */
  readonly sums?: number;
  /** Whether products and sums are fused: the engine must take relaxed SIMD. Default false. */
  readonly isFused?: boolean;
}

/** A module of `(func (export "turn") (param turns i32) (result f32))`; local 0 is the parameter, the sums and constants follow. */
export function peakBytes({
  sums: count = SUMS,
  isFused = false,
}: PeakOptions = {}): Uint8Array<ArrayBuffer> {
  const sums = Array.from({ length: count }, (_, i) => i + 1);
  const [half, one] = [count + 1, count + 2];
  const step = (sum: number) =>
    isFused
      ? [...get(sum), ...get(half), ...get(one), ...FUSED, ...set(sum)]
      : [...get(sum), ...get(half), ...MULTIPLY, ...get(one), ...ADD, ...set(sum)];
  const body = [
    ...[1, count + 2, V128],
    ...sums.flatMap((sum) => [...vector(sum / count), ...set(sum)]),
    ...[...vector(0.5), ...set(half), ...vector(1), ...set(one)],
    ...[0x03, 0x40], // loop
    ...sums.flatMap(step),
    ...[...get(0), ...integer(1), 0x6b, 0x22, 0, 0x0d, 0, 0x0b], // turns −= 1; again while turns ≠ 0; end
    ...sums.flatMap((sum, i) => [...get(sum), ...(i > 0 ? ADD : [])]),
    ...[...FIRST_LANE, 0x0b],
  ];
  const name = [...new TextEncoder().encode("turn")];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, I32, 1, F32]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...sized(name), 0, 0]),
    ...section(10, [1, ...sized(body)]),
  ]);
}

/** A stretch of products and sums at the peak. */
export interface Peak {
  /** Floating-point operations of a call. */
  readonly operations: number;
  readonly run: () => number;
}

/**
 * Some 0.1 ms of products and sums.
 *
 * @param module `peakBytes()`, compiled, where the host forbids compiling
 */
export async function createPeak(
  turns = 40_000,
  module?: WebAssembly.Module,
  options: PeakOptions = {},
): Promise<Peak> {
  const compiled = module ?? (await WebAssembly.compile(peakBytes(options)));
  const turn = (await WebAssembly.instantiate(compiled)).exports.turn as (turns: number) => number;
  return { operations: turns * 2 * LANES * (options.sums ?? SUMS), run: () => turn(turns) };
}

/**
 * The fastest of the loops with several numbers of sums, each timed for some milliseconds.
 *
 * @param turns a turn is `2 · 4 · sums` operations
 */
export async function createFastestPeak(
  turns = 40_000,
  { isFused = false }: Pick<PeakOptions, "isFused"> = {},
): Promise<Peak> {
  const peaks = await Promise.all(TRIED.map((sums) => createPeak(turns, undefined, { sums, isFused })));
  const { rounds, roundTime } = { rounds: 5, roundTime: 2 };
  const timings = interleave(
    peaks.map(({ run }) => run),
    { rounds, roundTime },
  );
  const rateOf = (i: number) => peaks[i].operations / timings[i].p50;
  const best = peaks.reduce((fastest, _, i) => (rateOf(i) > rateOf(fastest) ? i : fastest), 0);
  return peaks[best];
}
