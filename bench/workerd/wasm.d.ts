/** A module that the host has compiled. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  // biome-ignore lint/style/noDefaultExport: what Workers give
  export default module;
}
