/** Files that the bundler hands over as bytes (wrangler's rule for `.bin`). */
declare module "*.bin" {
  const bytes: ArrayBuffer;
  // biome-ignore lint/style/noDefaultExport: what the rule gives
  export default bytes;
}
