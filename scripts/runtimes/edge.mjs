// Vercel's edge runtime, which Next's edge routes run in: a bundle, and the compiled kernels that its bundler hands over.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { getPackages } from "../hosts/packages.ts";

/** As Next's bundler does it: `*.wasm?module` becomes a module that the host has compiled. */
const compiledByHost = {
  name: "compiled by the host",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "host" }));
    onLoad({ filter: /.*/, namespace: "host" }, () => ({
      contents: "export default globalThis.compiledKernels;",
    }));
  },
};

export const edge = {
  name: "edge runtime",
  how: "condition edge-light: core.wasm?module, compiled by the host",
  async run(folder) {
    const packages = await getPackages("edge", { "@edge-runtime/vm": "5.0.0" });
    const require = createRequire(join(packages, "package.json"));
    const { EdgeVM } = require("@edge-runtime/vm");
    const { outputFiles } = await build({
      entryPoints: ["main.mjs"],
      absWorkingDir: folder,
      bundle: true,
      format: "iife",
      conditions: ["edge-light"],
      plugins: [compiledByHost],
      write: false,
    });
    const wasm = readFileSync(join(folder, "node_modules/generative-agent/dist/core.wasm"));
    const compiledKernels = new WebAssembly.Module(wasm);
    const vm = new EdgeVM({
      codeGeneration: { strings: false, wasm: false },
      extend: (context) => Object.assign(context, { compiledKernels, console: { log() {} } }),
    });
    vm.evaluate(outputFiles[0].text);
    const { version } = require("@edge-runtime/vm/package.json");
    return { version: `vm ${version}`, result: await vm.evaluate("globalThis.result") };
  },
};
