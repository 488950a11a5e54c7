/** What the tests of the kernels in `assembly/information` have in common. */
import type { Rows } from "../reference/arrays.ts";
import type { Pair } from "../reference/ratios.ts";
import { debugCore } from "./debugCore.ts";

export const core = debugCore(1 << 23);
export const NOTHING = Number.NEGATIVE_INFINITY;

/** [N][D] → [D, N]; the kernels' lanes run over particles. */
export const lanes = (rows: Rows) => core.f32(rows[0].flatMap((_, d) => rows.map((row) => row[d])));
export const unset = (size: number) => core.f32(size).fill(Number.NaN);
export const unsetBounds = (N: number) => ({ lower: unset(N), upper: unset(N) });
export const lowers = (bounds: readonly Pair[]) => bounds.map(({ lower }) => lower);
export const uppers = (bounds: readonly Pair[]) => bounds.map(({ upper }) => upper);

/** Roundings of log-densities of at most `size` nats, summed over D dimensions, in both terms of a difference. */
export const rounding = (size: number, D: number) => 2 * (D + 6) * size * 2 ** -24;
