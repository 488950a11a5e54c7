/**
 * The beam of 45° that a point lies in, counted from 0 and from the x axis to the left: (0°, 45°] is beam 0, the axis itself beam 7.
 *
 * @example
 * beamOf(1, 0.5); // 0
 */
export function beamOf(x: number, y: number): number {
  if (y > 0) {
    if (x > 0) return y <= x ? 0 : 1;
    return x === 0 ? 1 : y >= -x ? 2 : 3;
  }
  if (y === 0) return x < 0 ? 3 : 7;
  if (x < 0) return y >= x ? 4 : 5;
  return x === 0 ? 5 : -y >= x ? 6 : 7;
}

/** Beams around a point. */
export const BEAMS = 8;

/** log √(2π). */
export const LOG_ROOT_TWO_PI = 0.9189385332046727;
