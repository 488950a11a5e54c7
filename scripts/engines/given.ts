/** Stands in for `src/core/inlined.ts` where the host gives the kernels compiled, as `kernels`, for bytes cannot be compiled there. */
export async function inlinedKernels(): Promise<WebAssembly.Module> {
  return (globalThis as unknown as { kernels: WebAssembly.Module }).kernels;
}
