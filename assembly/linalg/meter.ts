import { F32 } from "../memory";

/*
 * What networks compute, counted where it is done: for `npm run bench -- step`. A count costs two additions a layer.
 */

/** Products of dense layers and their adjoints, each with its sum; then columns that networks were evaluated at. f64. */
const METER = memory.data(16, 16);
const PRODUCTS: usize = 0;
const EVALUATIONS: usize = 8;

/** @param columns bytes of a row */
// @ts-ignore: decorator
@inline
export function countProducts(inputs: usize, outputs: usize, columns: usize): void {
  add(PRODUCTS, inputs * outputs * (columns / F32));
}

/** @param columns bytes of a row */
// @ts-ignore: decorator
@inline
export function countEvaluations(columns: usize): void {
  add(EVALUATIONS, columns / F32);
}

// @ts-ignore: decorator
@inline
function add(place: usize, number: usize): void {
  store<f64>(METER + place, load<f64>(METER + place) + <f64>number);
}

/** Products of dense layers and their adjoints so far, each with its sum; padding outputs among them. */
export function products(): f64 {
  return load<f64>(METER + PRODUCTS);
}

/** Rows, or columns of tiles, that networks were evaluated at so far: backward passes count as none. */
export function evaluations(): f64 {
  return load<f64>(METER + EVALUATIONS);
}
