// Bundlers, each as its documentation shows it for a program with one entry; nothing is said about Wasm.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { getPackages } from "../hosts/packages.ts";
import { inBrowser } from "./browsers.mjs";
import { resultOf } from "./processes.mjs";

const BUNDLERS = {
  esbuild: { esbuild: "0.28.2" },
  rollup: { rollup: "4.68.8", "@rollup/plugin-node-resolve": "16.0.3" },
  webpack: { webpack: "5.112.2" },
  vite: { vite: "8.3.8" },
};

const BUILD = {
  async esbuild({ build }, folder, file) {
    await build({
      entryPoints: ["main.mjs"],
      absWorkingDir: folder,
      bundle: true,
      format: "esm",
      outfile: file,
    });
  },
  async rollup({ rollup }, folder, file, load) {
    const { nodeResolve } = await load("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: join(folder, "main.mjs"), plugins: [nodeResolve()] });
    await bundle.write({ file, format: "esm" });
    await bundle.close();
  },
  async webpack({ default: webpack }, folder, file) {
    const output = { path: folder, filename: file.slice(folder.length + 1) };
    const options = { context: folder, entry: "./main.mjs", mode: "production", output };
    const stats = await new Promise((done, fail) =>
      webpack(options, (error, result) => (error ? fail(error) : done(result))),
    );
    if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  },
};

/** A package of a folder from `getPackages`, by the entry that an import of it would find. */
async function loadFrom(folder, name) {
  const root = join(folder, "node_modules", name);
  const { exports, module, main } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entryOf = (entry) => (typeof entry === "object" ? entryOf(entry.import ?? entry.default) : entry);
  const paths = [exports && entryOf(exports["."] ?? exports), module, main].filter(Boolean);
  return import(
    pathToFileURL(
      join(
        root,
        paths.find((path) => existsSync(join(root, path))),
      ),
    ).href
  );
}

function versionIn(folder, name) {
  return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
}

/** Bundles `main.mjs` and runs the file in this Node. */
function bundleTarget(name, options) {
  return {
    name,
    how: "bundle, in Node",
    ...options,
    async run(folder) {
      const packages = await getPackages(name, BUNDLERS[name]);
      const load = (wanted) => loadFrom(packages, wanted);
      const file = join(folder, `bundle.${name}.mjs`);
      await BUILD[name](await load(name), folder, file, load);
      return {
        version: versionIn(packages, name),
        result: await resultOf({ path: process.execPath, environment: {} }, [file], folder),
      };
    },
  };
}

/** Vite builds a page, so its bundle runs in a browser. */
const vite = {
  name: "vite",
  how: "page, in Chromium",
  async run(folder) {
    const packages = await getPackages("vite", BUNDLERS.vite);
    const { build } = await loadFrom(packages, "vite");
    writeFileSync(
      join(folder, "index.html"),
      '<!doctype html><script type="module" src="./main.mjs"></script>',
    );
    await build({ root: folder, logLevel: "error", build: { outDir: "vite" } });
    const { result } = await inBrowser("chromium", join(folder, "vite"));
    return { version: versionIn(packages, "vite"), result };
  },
};

export const bundles = [
  bundleTarget("esbuild", { isQuick: true }),
  bundleTarget("rollup", { isQuick: true }),
  bundleTarget("webpack"),
  vite,
];
