/**
 * The fastest that 128-bit vectors can multiply and add here, measured where it is compared: a loop over registers alone.
 *
 *   s_i ← s_i · ½ + 1,   12 independent sums of 4 lanes
 *
 * Twelve hide the latency of a product and a sum that follow each other, and leave registers for the constants.
 */
const SUMS = 12;
const LANES = 4;

/** Floating-point operations of one turn of the loop. */
const OPERATIONS = 2 * SUMS * LANES;

// WebAssembly's binary format, https://webassembly.github.io/spec/core/binary
const [I32, F32, V128] = [0x7f, 0x7d, 0x7b];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const integer = (value: number) => [0x41, value];
const float = (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
const SPLAT = [0xfd, 0x13];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const FIRST_LANE = [0xfd, 0x1f, 0];
const vector = (value: number) => [...float(value), ...SPLAT];

/** A length in base 128, as every length of the format. */
const length = (value: number) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const sized = (bytes: readonly number[]) => [...length(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];

/** A module of `(func (export "turn") (param turns i32) (result f32))`; local 0 is the parameter, the sums and constants follow. */
export function peakBytes(): Uint8Array<ArrayBuffer> {
  const sums = Array.from({ length: SUMS }, (_, i) => i + 1);
  const [half, one] = [SUMS + 1, SUMS + 2];
  const step = (sum: number) => [...get(sum), ...get(half), ...MULTIPLY, ...get(one), ...ADD, ...set(sum)];
  const body = [
    ...[1, SUMS + 2, V128],
    ...sums.flatMap((sum) => [...vector(sum / SUMS), ...set(sum)]),
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
export async function createPeak(turns = 40_000, module?: WebAssembly.Module): Promise<Peak> {
  const instance = await WebAssembly.instantiate(module ?? (await WebAssembly.compile(peakBytes())));
  const turn = instance.exports.turn as (turns: number) => number;
  return { operations: turns * OPERATIONS, run: () => turn(turns) };
}
