// The page of examples/browser: `node scripts/page.mjs` builds it to build/page and serves it, `… build` only builds.
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** Relative addresses, so that the built folder works below any path; the library as a user installs it. */
const settings = {
  configFile: false,
  root: path("examples/browser"),
  base: "./",
  logLevel: "warn",
  resolve: { alias: { "generative-agent": path("dist/index.js") } },
  worker: { format: "es" },
  build: { outDir: path("build/page"), emptyOutDir: true, target: "es2022", reportCompressedSize: false },
};

await build(settings);
if (process.argv[2] !== "build") {
  const server = await preview(settings);
  server.printUrls();
  console.log(`  ${server.resolvedUrls.local[0]}`);
}
