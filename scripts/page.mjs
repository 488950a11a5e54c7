// The pages of examples: `node scripts/page.mjs` builds examples/browser to build/page with the game beside it, and serves both;
// `… bench` the page that measures; with `build` as the last word they are built alone.
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const FOLDERS = { browser: "build/page", game: "build/page/game", bench: "build/bench" };

const words = process.argv.slice(2);
const [page = "browser"] = words.filter((word) => word !== "build");
if (!(page in FOLDERS))
  throw new Error(`page: expected one of ${Object.keys(FOLDERS).join(", ")}, got ${page}`);

/** Relative addresses, so that the built folder works below any path; the library as a user installs it. */
const settingsOf = (page) => ({
  configFile: false,
  root: path(`examples/${page}`),
  base: "./",
  logLevel: "warn",
  resolve: {
    alias: [
      { find: /^generative-agent$/, replacement: path("dist/index.js") },
      { find: /^generative-agent\/worker$/, replacement: path("dist/worker.js") },
    ],
  },
  worker: { format: "es" },
  build: { outDir: path(FOLDERS[page]), emptyOutDir: true, target: "es2022", reportCompressedSize: false },
  // an isolated page has a finer clock
  preview: {
    headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
  },
});

await build(settingsOf(page));
// building the first page empties its folder
if (page === "browser") await build(settingsOf("game"));
if (!words.includes("build")) {
  const server = await preview(settingsOf(page));
  server.printUrls();
  console.log(`  ${server.resolvedUrls.local[0]}`);
}
