/** The 2³² floats in the order of their values: ordinal 0 is a NaN, as is the last; −0 stands just before 0. */

/** How many there are. */
export const FLOATS = 2 ** 32;

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The bits of the float of an ordinal. */
export function bitsOf(ordinal: number): number {
  return ordinal < 2 ** 31 ? 2 ** 32 - 1 - ordinal : ordinal - 2 ** 31;
}

/** The ordinal of the float nearest to x. */
export function ordinalOf(x: number): number {
  float[0] = x;
  return word[0] < 2 ** 31 ? word[0] + 2 ** 31 : 2 ** 32 - 1 - word[0];
}

/** Ordinals of the first float ≥ low and the last ≤ high. */
export function ordinalsWithin(low: number, high: number): readonly [first: number, last: number] {
  const [first, last] = [ordinalOf(low), ordinalOf(high)];
  return [Math.fround(low) < low ? first + 1 : first, Math.fround(high) > high ? last - 1 : last];
}

/** |actual − exact| in units of the last place of f32 at `exact`; ∞ counts as 2¹²⁸, equal rounding of it as no error. */
export function ulpError(actual: number, exact: number): number {
  float[0] = exact;
  if (Object.is(actual, float[0]) && !Number.isFinite(actual)) return 0;
  if (Number.isNaN(actual) || Number.isNaN(exact)) return Infinity;
  const finite = Number.isFinite(actual) ? actual : Math.sign(actual) * 2 ** 128;
  return Math.abs(finite - exact) / ulp(exact);
}

/** The distance of neighbouring f32 around y, in the lower binade where y is a power of two. */
export function ulp(y: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(y)));
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}
