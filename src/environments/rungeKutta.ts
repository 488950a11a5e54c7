/**
 * One step of the classical fourth-order Runge–Kutta method.
 *
 *   y' = y + h/6 (k₁ + 2k₂ + 2k₃ + k₄),
 *   k₁ = f(y),  k₂ = f(y + h/2 k₁),  k₃ = f(y + h/2 k₂),  k₄ = f(y + h k₃)
 *
 * @param derivative f, from a state to its rate of change, same size
 * @param interval h
 */
export function rungeKuttaStep(
  derivative: (state: readonly number[]) => readonly number[],
  state: readonly number[],
  interval: number,
): number[] {
  const along = (slope: readonly number[], h: number) => state.map((y, d) => y + h * slope[d]);
  const k1 = derivative(state);
  const k2 = derivative(along(k1, interval / 2));
  const k3 = derivative(along(k2, interval / 2));
  const k4 = derivative(along(k3, interval));
  return state.map((y, d) => y + (interval / 6) * (k1[d] + 2 * k2[d] + 2 * k3[d] + k4[d]));
}
