/** A file's address in the built page. */
declare module "*.wasm?url" {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: what the bundler gives
  export default address;
}
