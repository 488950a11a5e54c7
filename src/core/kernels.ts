/**
 * The kernels as the Wasm module exports them: pointers and sizes are plain numbers.
 * Each has one binding of the same name in this folder; the build fails when the two lists differ.
 */
export interface Exports {
  reserve(bytes: number): number;
  mark(): number;
  release(mark: number): void;
  gaussianLogDensity(out: number, x: number, mean: number, std: number, D: number, N: number): void;
}

export interface Kernels extends Exports {
  readonly memory: WebAssembly.Memory;
}
