// f64 functions for the TypeScript layer: AssemblyScript's own port, the same bits on every engine.

/** sin x */
export function sin64(x: f64): f64 {
  return Math.sin(x);
}

/** cos x */
export function cos64(x: f64): f64 {
  return Math.cos(x);
}

/** eˣ */
export function exp64(x: f64): f64 {
  return Math.exp(x);
}

/** log x */
export function log64(x: f64): f64 {
  return Math.log(x);
}
