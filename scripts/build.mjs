// Builds the debug and release Wasm, writes what the library has to know of it, compiles TypeScript, bundles the CLI.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { exportsSource, recordsSource } from "./generated.mjs";
import { optionDocsSource } from "./optionDocs.mjs";
import { DESCRIPTION } from "./transform.mjs";

/** What the build writes for the library; not in the repository. */
const GENERATED = "src/core/generated";

/** Packages that whoever installs this one may have: none of them is bundled. */
const { peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const external = Object.keys(peerDependencies);

const run = (tool, args) =>
  execFileSync(process.execPath, [`node_modules/${tool}`, ...args], { stdio: "inherit" });

mkdirSync("build", { recursive: true });
buildWasm("debug");
buildWasm("release");
const description = JSON.parse(readFileSync(DESCRIPTION, "utf8"));
const release = readFileSync("build/release.wasm");
expectBindings(release);
mkdirSync(GENERATED, { recursive: true });
writeFileSync(`${GENERATED}/records.ts`, recordsSource(description));
writeFileSync(`${GENERATED}/exports.ts`, exportsSource(description));
writeFileSync(
  `${GENERATED}/binary.ts`,
  `/** The release kernels, deflated. */\nexport const binary =\n  "${await deflated(release)}";\n`,
);
writeFileSync(`${GENERATED}/threadSource.ts`, await threadSource());
writeFileSync(`${GENERATED}/sha256.ts`, await hashSource());
writeFileSync(`${GENERATED}/optionDocs.ts`, optionDocsSource());
writeFileSync(`${GENERATED}/version.ts`, versionSource());
if (process.argv.includes("--wasm")) process.exit(0);

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
writeFileSync("dist/core.wasm", release);
for (const target of ["relaxed", "paired"]) {
  buildWasm(target);
  copyFileSync(`build/${target}.wasm`, `dist/core.${target}.wasm`);
}
await buildJoined();
await buildHosted("workerd", "./core.wasm");
await buildHosted("edge-light", "./core.wasm?module");
const { metafile } = await build({
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true, // `plot` is loaded when it is asked for
  platform: "node",
  format: "esm",
  target: "node20",
  minify: true,
  external,
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
  chunkNames: "cli-[name]-[hash]",
  legalComments: "none",
  metafile: true,
});
// in Node alone: trials run in processes of their own, whose program lies beside the bundles
await build({
  entryPoints: { sweep: "src/sweep.ts", "sweep.worker": "src/runs/sweep/worker.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
});
run("typescript/bin/tsc", ["-p", "tsconfig.node.json"]);
writeFileSync("dist/cli.licenses.txt", bundledLicenses(metafile));

/** The version as the library knows it: results that many machines share name it. */
function versionSource() {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  return `/** Version of the package. */\nexport const version = ${JSON.stringify(version)};\n`;
}

/** Bytes as base64 of what any inflater takes; by Zopfli, which finds 5 % less than zlib does. */
async function deflated(bytes) {
  const { default: zopfli } = await import("@gfx/zopfli"); // from then on, it prints its source before any error
  return Buffer.from(await promisify(zopfli.deflate)(bytes, { numiterations: 15 })).toString("base64");
}

/** The program of the workers as a text: bundlers differ in how a worker's file is named, and in whether they copy it. */
async function threadSource() {
  const { outputFiles } = await build({
    entryPoints: ["src/core/threadWorker.ts"],
    bundle: true,
    platform: "neutral",
    format: "iife",
    target: "es2022",
    minify: true,
    write: false,
  });
  const text = JSON.stringify(outputFiles[0].text.trimEnd());
  return `/** The program of a worker, \`threadWorker.ts\`. */\nexport const source =\n  ${text};\n`;
}

/**
 * The entries for Node, Bun and Deno: a file each and what they share, which start in a sixth of the time of some hundred modules.
 * Bundlers get the modules, of which they take what is used.
 */
async function buildJoined() {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const joined = Object.values(exports).flatMap(({ node }) => node ?? []);
  await build({
    entryPoints: joined.map((path) => path.replace("./dist/node/", "src/").replace(/js$/, "ts")),
    outdir: "dist/node",
    bundle: true,
    splitting: true, // what one entry knows of an agent the others know too
    platform: "neutral",
    format: "esm",
    target: "es2022",
    external,
    chunkNames: "shared-[hash]",
    logOverride: { "ignored-bare-import": "silent" },
  });
}

/** SHA-256 of a package that nobody has to install: the library has no dependencies. */
async function hashSource() {
  const name = "@noble/hashes";
  const { outputFiles } = await build({
    stdin: { contents: `export { sha256 as hash } from "${name}/sha2.js";`, resolveDir: "." },
    bundle: true,
    platform: "neutral",
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    write: false,
  });
  const folder = dirname(fileURLToPath(import.meta.resolve(`${name}/sha2.js`)));
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const license = readFileSync(`${folder}/LICENSE`, "utf8").trim();
  const program = outputFiles[0].text.trimEnd().replace(/export\{(\w+) as hash\};$/, "const hash = $1;");
  return `// @ts-nocheck: a program of another package
/*
${name} ${version}

${license}
*/
${program}

interface Hash {
  update(bytes: Uint8Array): Hash;
  digest(): Uint8Array;
}
/** SHA-256, in parts. */
export const sha256: { create(): Hash } = hash;
`;
}

/** The library for hosts that forbid compiling: one file that imports the compiled kernels instead of inlining them. */
async function buildHosted(condition, wasm) {
  const kernels = {
    name: "kernels",
    setup({ onLoad, onResolve }) {
      const contents = `import module from "${wasm}";\nexport const inlinedKernels = async () => module;\n`;
      onLoad({ filter: /[\\/]core[\\/]inlined\.ts$/ }, () => ({ contents }));
      onResolve({ filter: /core\.wasm/ }, ({ path }) => ({ path, external: true }));
    },
  };
  await build({
    entryPoints: { [`index.${condition}`]: "src/index.ts" },
    outdir: "dist",
    bundle: true,
    platform: "neutral",
    format: "esm",
    target: "es2022",
    plugins: [kernels],
  });
}

/** asc exits 0 when it found no entry, so the file itself is asked for. */
function buildWasm(target) {
  const file = `build/${target}.wasm`;
  rmSync(file, { force: true });
  const words = ["--config", "asconfig.json", "--target", target, "--transform", "./scripts/transform.mjs"];
  run("assemblyscript/bin/asc.js", words);
  if (!existsSync(file)) throw new Error(`${file}: expected asc to write it, got nothing`);
}

/** Every exported kernel is called by a binding in src/core, and every call names an export. */
function expectBindings(bytes) {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(bytes))
    .filter(({ kind }) => kind === "function")
    .map(({ name }) => name);
  const source = readdirSync("src/core")
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(`src/core/${file}`, "utf8"))
    .join("\n");
  const bound = new Set([...source.matchAll(/kernels\.(\w+)\(/g)].map(([, name]) => name));
  const unbound = exported.filter((name) => !bound.has(name));
  const missing = [...bound].filter((name) => !exported.includes(name));
  if (unbound.length) throw new Error(`kernels without a binding in src/core: ${unbound.join(", ")}`);
  if (missing.length) throw new Error(`bindings without an exported kernel: ${missing.join(", ")}`);
}

/** The licences of the packages that the CLI's bundle contains, as they ask to be passed on. */
function bundledLicenses({ inputs }) {
  const folders = Object.keys(inputs).flatMap(
    (path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [],
  );
  folders.push(dirname(fileURLToPath(import.meta.resolve("@noble/hashes/sha2.js")))); // in src/core/generated/sha256.ts
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, "utf8").trim() : ""}\n`;
  });
  return texts.join("\n----\n\n");
}
