/**
 * A function at evenly spaced points, from six of its values: the polynomial of degree 5 through the Chebyshev nodes.
 * Neighbouring floats of one binade are evenly spaced, and 4096 of them span 2⁻¹¹ of their size, over which the functions
 * proved here are polynomials of degree 5 to 1e-13 of themselves.
 */
const NODES = 6;

/** cos((i + ½) π / NODES): where the values are taken, on [−1, 1]. */
const nodes = Array.from({ length: NODES }, (_, i) => Math.cos(((i + 0.5) * Math.PI) / NODES));

/** (2 − [k = 0]) / n · T_k(u_i) */
const weights = nodes.map((_, k) =>
  nodes.map((_, i) => ((k === 0 ? 1 : 2) / NODES) * Math.cos((k * (i + 0.5) * Math.PI) / NODES)),
);

/** Coefficients of 1, u, u², … of the polynomial through the values at the nodes. */
function coefficientsOf(values: readonly number[]): readonly number[] {
  // Chebyshev coefficients: c[k] = (2 − [k = 0]) / n Σ_i f(u_i) T_k(u_i)
  const chebyshev = weights.map((row) => row.reduce((sum, weight, i) => sum + weight * values[i], 0));
  const [c0, c1, c2, c3, c4, c5] = chebyshev;
  // T_2 = 2u² − 1, T_3 = 4u³ − 3u, T_4 = 8u⁴ − 8u² + 1, T_5 = 16u⁵ − 20u³ + 5u
  return [c0 - c2 + c4, c1 - 3 * c3 + 5 * c5, 2 * c2 - 8 * c4, 4 * c3 - 20 * c5, 8 * c4, 16 * c5];
}

/** Writes f(low), …, f(high) at `count` evenly spaced points; false, and nothing written, where a value is not finite. */
export function interpolate(
  out: Float64Array,
  f: (x: number) => number,
  low: number,
  high: number,
  count: number,
): boolean {
  const values = nodes.map((u) => f((low + high) / 2 + (u * (high - low)) / 2));
  if (!values.every(Number.isFinite)) return false;
  const [a0, a1, a2, a3, a4, a5] = coefficientsOf(values);
  const step = 2 / (count - 1);
  for (let i = 0; i < count; i++) {
    const u = i * step - 1;
    out[i] = a0 + u * (a1 + u * (a2 + u * (a3 + u * (a4 + u * a5))));
  }
  return true;
}
