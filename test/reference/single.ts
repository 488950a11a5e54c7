/**
 * The f32 functions one number at a time: every operation rounded to f32, in the kernels' stated order. What the kernels
 * give for full vectors must be these bits.
 */
import { TILE } from "../../src/core/tiles.ts";

const f = Math.fround;
const add = (a: number, b: number) => f(a + b);
const sub = (a: number, b: number) => f(a - b);
const mul = (a: number, b: number) => f(a * b);

const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/** The bits of x as a signed number. */
export function bits(x: number): number {
  float[0] = x;
  return word[0];
}

/** The f32 of these bits. */
export function fromBits(pattern: number): number {
  word[0] = pattern;
  return float[0];
}

const ROUND = 12582912; // 1.5 · 2²³
const LOG2_E = f(Math.LOG2E);
const LN2_HIGH = f(0.693145751953125);
const LN2_LOW = f(1.42860682e-6);

/** c[0] + c[1] z + c[2] z², by Horner's rule. */
function quadratic(z: number, c: readonly number[]): number {
  return add(mul(add(mul(f(c[2]), z), f(c[1])), z), f(c[0]));
}

/** eʳ − 1 for |r| ≤ ½ ln 2. */
function expMinusOne(r: number): number {
  const square = mul(r, r);
  const low = add(mul(f(0.16666526), r), f(0.4999999));
  const middle = add(mul(f(0.00836827), r), f(0.041668884));
  const high = add(middle, mul(f(0.0013789468), square));
  return add(mul(square, add(low, mul(square, high))), r);
}

/** x / ln 2 + ROUND, whose low bits hold the nearest whole number. */
const rounded = (x: number, scale = LOG2_E) => add(mul(x, scale), ROUND);

function reduced(x: number, t: number): number {
  const n = sub(t, ROUND);
  return sub(sub(x, mul(n, LN2_HIGH)), mul(n, LN2_LOW));
}

const power = (n: number) => fromBits((n << 23) + bits(1));

/** m · 2ⁿ in two steps. */
function scaled(m: number, t: number): number {
  const n = bits(t) - bits(ROUND);
  return mul(mul(m, power(n >> 1)), power(n - (n >> 1)));
}

// as the vectors' pmin and pmax: x where it is NaN
const atMost = (x: number, high: number) => (high < x ? high : x);
const atLeast = (x: number, low: number) => (x < low ? low : x);
const negated = (x: number) => fromBits(bits(x) | 0x80000000);

export function exp(x: number): number {
  const y = atMost(atLeast(x, -104), 89);
  const t = rounded(y);
  return scaled(add(expMinusOne(reduced(y, t)), 1), t);
}

/** log(1 + f) + k · LN2_LOW */
function logOnePlus(fraction: number, k: number): number {
  const s = f(fraction / add(2, fraction));
  const z = mul(s, s);
  const R = mul(quadratic(z, [0.666667759, 0.399774551, 0.298743993]), z);
  const square = mul(mul(0.5, fraction), fraction);
  return sub(fraction, sub(square, add(mul(s, add(square, R)), mul(k, LN2_LOW))));
}

export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const isSmall = x < 2 ** -126;
  const shifted = bits(isSmall ? mul(x, 2 ** 23) : x) + 0x004afb0d;
  const k = (shifted >>> 23) - 127 - (isSmall ? 23 : 0);
  const m = fromBits((shifted & 0x007fffff) + 0x3f3504f3);
  return add(logOnePlus(sub(m, 1), k), mul(k, LN2_HIGH));
}

export function tanh(x: number): number {
  const y = atLeast(negated(x), f(-9.02));
  const t = rounded(y, f(2.88539008));
  const part = mul(power(bits(t)), expMinusOne(sub(add(y, y), mul(sub(t, ROUND), f(0.693147182)))));
  const two = power(bits(t));
  const size = f(sub(sub(1, two), part) / add(add(1, two), part));
  return fromBits(bits(size) | (bits(x) & 0x80000000));
}

/** 1 + e⁻ˣ */
function onePlusExp(x: number): number {
  const y = -atMost(x, 87);
  const t = rounded(y);
  const two = power(bits(t));
  const first = add(two, 1);
  return add(first, add(mul(two, expMinusOne(reduced(y, t))), sub(1, sub(first, two))));
}

export function sigmoid(x: number): number {
  return f(1 / onePlusExp(atLeast(x, -87)));
}

export function silu(x: number): number {
  const y = atLeast(x, -87);
  return f(y / onePlusExp(y));
}

/** 1 / (1 + e⁻ˣ) of the second grade, for x ≥ −30. */
function sigmoidHidden(x: number): number {
  const y = mul(atMost(x, 30), -LOG2_E);
  const t = add(y, ROUND);
  const r = sub(y, sub(t, ROUND));
  const high = add(f(0.055906426161527634), mul(f(0.009582852944731712), r));
  const low = add(f(0.6931241750717163), mul(f(0.24024099111557007), r));
  const p = add(1, mul(r, add(low, mul(high, mul(r, r)))));
  return f(1 / add(fromBits(bits(p) + (bits(t) << 23)), 1));
}

export function siluHidden(x: number): number {
  const y = atLeast(x, -30);
  return mul(y, sigmoidHidden(y));
}

export function softplus(x: number): number {
  const y = atLeast(negated(x), -104);
  const t = rounded(y);
  const q = expMinusOne(reduced(y, t));
  const e = scaled(add(q, 1), t);
  const two = power(bits(t));
  const isUpper = e > f(0.414213562);
  const fraction = isUpper ? mul(add(sub(two, 1), mul(two, q)), 0.5) : e;
  const k = isUpper ? 1 : 0;
  return add(add(logOnePlus(fraction, k), atLeast(x, 0)), mul(k, LN2_HIGH));
}

/** sin r − r */
const sinMinus = (r: number) => {
  const z = mul(r, r);
  return mul(r, mul(quadratic(z, [-0.166666552, 0.008332178, -0.000195172353]), z));
};

/** cos r − (1 − ½ z) */
const cosRest = (z: number) => mul(mul(z, z), quadratic(z, [0.0416666456, -0.001388737, 2.44385828e-5]));

function sinTurned(x: number, turn: number): number {
  const t = rounded(x, f(0.636619772));
  const n = sub(t, ROUND);
  const first = sub(x, mul(n, f(1.5707855224609375)));
  const second = mul(n, f(1.0804273188114166e-5));
  const r = sub(first, second);
  const tail = sub(sub(sub(first, r), second), mul(n, f(6.07710063e-11)));
  const quadrant = bits(t) + turn;
  const value = quadrant & 1 ? cosOnce(r) : add(r, add(sinMinus(r), tail));
  return quadrant & 2 ? -value : value;
}

function cosOnce(r: number): number {
  const half = mul(0.5, mul(r, r));
  const first = sub(1, half);
  return add(first, add(cosRest(mul(r, r)), sub(sub(1, first), half)));
}

export const sin = (x: number) => sinTurned(x, 0);
export const cos = (x: number) => sinTurned(x, 1);

/** The two normals of a pair of words. */
export function boxMuller(first: number, turn: number): readonly [number, number] {
  const u = sub(1, mul(first >>> 8, 2 ** -24));
  const radius = f(Math.sqrt(mul(-2, log(u))));
  const r = mul(f((turn << 2) | 0), f(3.6572951981e-10));
  const z = mul(r, r);
  const side = add(sub(1, mul(0.5, z)), cosRest(z));
  const cosine = turn & 0x40000000 ? -side : side;
  const sine = add(r, sinMinus(r));
  return turn & 0x80000000
    ? [mul(radius, sine), mul(radius, cosine)]
    : [mul(radius, cosine), mul(radius, sine)];
}

/** b + Σ_k w[k] x[k], from the left. */
export function dense(w: ArrayLike<number>, x: ArrayLike<number>, b: number): number {
  let sum = b;
  for (let k = 0; k < w.length; k++) sum = add(sum, mul(w[k], x[k]));
  return sum;
}

/** before + Σ_t Σ_n a[32 t + n] b[32 t + n]: each tile's products from the left, then the tiles from the left. */
export function tiledProduct(a: readonly number[], b: readonly number[], before: number): number {
  let total = before;
  for (let tile = 0; tile < a.length; tile += TILE) {
    const end = Math.min(tile + TILE, a.length);
    total = add(total, dense(a.slice(tile, end), b.slice(tile, end), 0));
  }
  return total;
}

/** before + Σ_t Σ_n a[32 t + n]: of a tile four neighbours as two pairs, these from the left, then the tiles from the left. */
export function tiledSum(a: readonly number[], before: number): number {
  let total = before;
  for (let tile = 0; tile < a.length; tile += TILE) {
    let sum = 0;
    for (let n = tile; n < tile + TILE; n += 4) {
      const [first = 0, second = 0, third = 0, fourth = 0] = a.slice(n, n + 4);
      sum = add(sum, add(add(first, second), add(third, fourth)));
    }
    total = add(total, sum);
  }
  return total;
}

/** Σ_d log N(x[d]; μ[d], σ[d]²); `logs` are the log σ[d] */
export function gaussianLogDensity(
  x: readonly number[],
  mean: ArrayLike<number>,
  std: ArrayLike<number>,
  logs: readonly number[],
): number {
  let out = mul(mul(-0.5, f(1.8378770664093453)), x.length);
  x.forEach((value, d) => {
    const z = mul(sub(value, mean[d]), f(1 / std[d]));
    out = sub(out, add(mul(0.5, mul(z, z)), f(logs[d])));
  });
  return out;
}
