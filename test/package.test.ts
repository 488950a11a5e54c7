import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Bytes, minified and compressed, kernels inlined: of an agent alone, a habit alone, a page's agents and worlds, all, threads, problems, models from files, wrappers, worlds of MuJoCo, logs, and worlds of Gymnasium. */
const LARGEST = {
  agent: 83_300,
  habit: 45_200,
  page: 99_200,
  library: 121_000,
  threads: 3_400,
  problems: 10_100,
  pomdp: 13_000,
  environments: 14_500,
  mujoco: 40_000,
  logs: 44_000,
  gymnasium: 5_000,
};
/** What reads logs in formats of their own, where somebody installed it. */
const READERS = ["hyparquet", "jsfive"];
const PAGE = "createAgent, loadAgent, createEnvironment, evaluate, train";

/** Files that `npm pack` would take; its `prepack` would build them once more. */
function packed(): readonly string[] {
  const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [{ files }] = JSON.parse(execFileSync("npm", words, { cwd: root, encoding: "utf8", stdio: "pipe" }));
  return files.map(({ path }: { path: string }) => path).sort();
}

/** Bytes of a program that imports the library, bundled, minified and compressed. */
async function bundled(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    external: Object.keys(manifest.peerDependencies),
    write: false,
  });
  return gzipSync(outputFiles[0].contents).length;
}

/** Every path that the exports of the manifest name. */
function pathsIn(entry: unknown): readonly string[] {
  return typeof entry === "string" ? [entry] : Object.values(entry as object).flatMap(pathsIn);
}

const files = packed();

test("holds what is built and what is read, nothing else", () => {
  const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
  const travels =
    /^docs\/(?!api\/)[\w/.-]+\.(md|svg|png|jsonl)$|^examples\/((first-hour\/)?\w[\w-]*\.ts|gymnasium\/server\.py)$/;
  const others = files.filter((file) => !file.startsWith("dist/") && !travels.test(file));
  assert.equal(
    others.filter((file) => !documents.includes(file)),
    [],
  );
  for (const file of documents) assert.is(others.includes(file), existsSync(join(root, file)), file);
  const kinds = /^dist\/(\w+\/)*[\w.-]+\.(js|d\.ts|wasm)$|^dist\/cli\.licenses\.txt$/;
  assert.equal(
    files.filter((file) => file.startsWith("dist/") && !kinds.test(file)),
    [],
  );
  assert.equal(
    files.filter((file) => /(^|[/.])test|^(?!docs).*bench|\.map$/.test(file)),
    [],
  );
});

test("no link of the README is dead in the package, and its prose is easy to read", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
  assert.ok(links.length > 15, `${links.length} links`);
  const dead = links.filter((link) => !files.some((file) => file === link || file.startsWith(`${link}/`)));
  assert.equal(dead, []);
  const lines = readme.trimEnd().split("\n");
  assert.ok(lines.length <= 130, `${lines.length} lines`);
  const prose = readme
    .replaceAll(/^```[\s\S]*?^```$/gm, "")
    .split("\n")
    .filter((line) => !line.startsWith("|"));
  assert.equal(
    prose.filter((line) => [...line].length > 110),
    [],
  );
});

test("no link of a document is dead in the package", () => {
  const dead: string[] = [];
  let count = 0;
  for (const document of files.filter((file) => file.endsWith(".md")))
    for (const [, link] of readFileSync(join(root, document), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      count++;
      const target = join(dirname(document), link).replace(/\/$/, "");
      if (!files.some((file) => file === target || file.startsWith(`${target}/`)))
        dead.push(`${document}: ${link}`);
    }
  assert.equal(dead, []);
  assert.ok(count > 60, `${count} links`);
});

test("installs without a word of warning, and its examples run from there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "installed-"));
  try {
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const [{ filename }] = JSON.parse(
      execFileSync("npm", pack, { cwd: root, encoding: "utf8", stdio: "pipe" }),
    );
    const install = ["install", "--no-audit", "--no-fund", "--no-update-notifier", join(folder, filename)];
    const { stdout, stderr } = await promisify(execFile)("npm", install, { cwd: folder });
    assert.is(stderr, "");
    assert.match(stdout, /^\s*added 1 package in [\d.]+(?:m|m?s)\s*$/);
    const installed = join(folder, "node_modules/generative-agent");
    const examples = readdirSync(join(installed, "examples"));
    assert.ok(examples.length >= 7, `${examples.length} examples`);
    // what `npx tsx` starts; the others are run by `npm run example`
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const example = join(installed, "examples/sensor-placement.ts");
    const run = await promisify(execFile)(process.execPath, [tsx, example], { cwd: folder });
    assert.match(run.stdout, /^km 4 first /m);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("refers to no source map, for none is packed", () => {
  const scripts = files.filter((file) => file.endsWith(".js"));
  assert.ok(scripts.length > 30, `${scripts.length} scripts`);
  assert.equal(
    scripts.filter((file) => /^\/\/# sourceMappingURL=/m.test(readFileSync(join(root, file), "utf8"))),
    [],
  );
});

test("depends on nothing, and runs no script where it is installed", () => {
  for (const kind of ["dependencies", "optionalDependencies", "bundledDependencies"])
    assert.equal(Object.keys(manifest[kind] ?? {}), [], kind);
  // what `plot` draws a PNG by, and what worlds of physics run on, where somebody installed it
  assert.equal(Object.keys(manifest.peerDependencies), ["@mujoco/mujoco", "@resvg/resvg-js", ...READERS]);
  assert.equal(manifest.peerDependenciesMeta, {
    "@mujoco/mujoco": { optional: true },
    "@resvg/resvg-js": { optional: true },
    ...Object.fromEntries(READERS.map((name) => [name, { optional: true }])),
  });
  const installing = ["preinstall", "install", "postinstall", "prepublish", "prepare", "preprepare"];
  assert.equal(
    installing.filter((name) => name in manifest.scripts),
    [],
  );
});

test("development dependencies have exact versions", () => {
  const versions = Object.values(manifest.devDependencies) as string[];
  assert.equal(
    versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
    [],
  );
});

test("every export is a file of the package", () => {
  for (const path of [...pathsIn(manifest.exports), ...pathsIn(manifest.bin)])
    assert.ok(files.includes(path.replace("./", "")), path);
});

test("every module has its types, and both import files of the package", () => {
  // the command line and the process of a sweep are programs; the builds for hosts have the types of the modules
  const programs = /^dist\/(cli|index\.|node\/|sweep\.worker)/;
  const modules = files.filter((file) => file.endsWith(".js") && !programs.test(file));
  modules.push("dist/index.js");
  for (const file of modules) {
    const types = file.replace(/\.js$/, ".d.ts");
    assert.ok(files.includes(types), types);
    // TypeScript reads `./a.ts` in types as `./a.d.ts`
    for (const path of [file, types])
      for (const [, to] of readFileSync(join(root, path), "utf8").matchAll(/\bfrom "(\.[^"]+)"/g))
        assert.ok(files.includes(join(path, "..", to.replace(/\.ts$/, ".d.ts"))), `${path}: ${to}`);
  }
});

test("Node loads few files, which export what the modules do and share what they know", async () => {
  const joined = Object.entries(manifest.exports as Record<string, { node?: string }>).filter(
    ([, entry]) => entry.node !== undefined,
  );
  assert.ok(joined.length >= 5, `${joined.length} entries`);
  for (const [name, { node }] of joined) {
    const loaded = await import(manifest.name + name.slice(1));
    const modules = await import(join(root, "dist", `${node?.split("/").pop()}`));
    assert.equal(Object.keys(loaded).sort(), Object.keys(modules).sort(), name);
    assert.is.not(Object.values(loaded)[0], Object.values(modules)[0], `${name}: expected the joined file`);
  }
  const shared = files.filter((file) => file.startsWith("dist/node/"));
  assert.ok(shared.length <= 33, `${shared.length} files`);
  const text = shared.map((file) => readFileSync(join(root, file), "utf8")).join("");
  // one list of the agents that runs hold, and one module of kernels that cores share
  for (const line of ["var holds = ", "var compiled;"]) assert.is(text.split(line).length - 1, 1, line);
});

for (const [condition, wasm] of [
  ["workerd", "./core.wasm"],
  ["edge-light", "./core.wasm?module"],
])
  test(`the build for ${condition} imports the compiled kernels and nothing else, and exports what the library does`, async () => {
    const text = readFileSync(join(root, manifest.exports["."][condition]), "utf8");
    assert.equal(
      [...text.matchAll(/^import .*/gm)].map(([line]) => line),
      [`import module from "${wasm}";`],
    );
    assert.not.ok(text.includes("DecompressionStream("));
    const exported = text
      .match(/^export \{([^}]*)\};/m)?.[1]
      .split(",")
      .map((name) => name.trim().replace(/^\w+ as /, ""));
    assert.equal(exported?.sort(), Object.keys(await import(manifest.name)).sort());
  });

for (const [what, entry, names] of [
  ["problems", "problems", ["tiger"]],
  ["models from files", "pomdp", ["readPomdp", "solvePomdp", "sparseModel", "writePomdp"]],
  ["wrappers of environments", "environments", ["timeLimit"]],
] as const)
  test(`${what} are an entry of their own, without kernels`, async () => {
    const loaded = await import(`${manifest.name}/${entry}`);
    for (const name of names) assert.type(loaded[name], "function", name);
    if (entry === "problems") assert.is(loaded.tiger().actions, 3);
    const exported = entry === "pomdp" ? `{ ${names.join(", ")} }` : "*";
    const bytes = await bundled(`export ${exported} from "./dist/${entry}.js";`);
    assert.ok(bytes > 1_000 && bytes <= LARGEST[entry], `${bytes} bytes`);
  });

test("worlds of MuJoCo are an entry of their own, which alone asks for the peer", async () => {
  const name = "generative-agent/mujoco";
  assert.equal(Object.keys(await import(name)).sort(), ["mujocoEnvironment", "mujocoTasks"]);
  const bytes = await bundled(`export * from "./dist/mujoco.js";`);
  assert.ok(bytes > 1_000 && bytes <= LARGEST.mujoco, `${bytes} bytes`);
  const asking = files.filter(
    (file) => file.endsWith(".js") && readFileSync(join(root, file), "utf8").includes('"@mujoco/mujoco"'),
  );
  assert.ok(
    asking.every((file) => /^dist\/(adapters\/|node\/mujoco\.js|cli)/.test(file)),
    asking.join(", "),
  );
});

for (const [entry, name] of [
  ["logs", "learnFromLog"],
  ["gymnasium", "gymnasiumEnvironments"],
  ["threads", "workerThreads"],
] as const)
  test(`${entry} are an entry of their own`, async () => {
    assert.type((await import(`${manifest.name}/${entry}`))[name], "function");
    const bytes = await bundled(`export * from "./dist/${entry}.js";`);
    assert.ok(bytes > 1_000 && bytes <= LARGEST[entry], `${bytes} bytes`);
  });

test("threads are an entry of one function, types one without a program", async () => {
  assert.equal(Object.keys(await import(`${manifest.name}/threads`)), ["workerThreads"]);
  assert.equal(Object.keys(await import(`${manifest.name}/types`)), []);
});

test("a host's condition comes before the default one, types before all", () => {
  assert.equal(Object.keys(manifest.exports["."]), ["types", "workerd", "edge-light", "node", "default"]);
});

test("the library can be imported by its name, and has no default export", async () => {
  const library = await import(`${manifest.name}`);
  assert.ok(library.createAgent && !("default" in library));
});

test("the command line says what runs it, and prints its help", async () => {
  const script = join(root, manifest.bin["generative-agent"]);
  assert.is(readFileSync(script, "utf8").split("\n")[0], "#!/usr/bin/env node");
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--help"]);
  for (const command of ["train", "evaluate", "environments", "plot"]) assert.match(stdout, command);
});

for (const [what, names, largest] of [
  ["an agent", "{ createAgent }", LARGEST.agent],
  ["a habit", "{ loadHabit }", LARGEST.habit],
  ["a page that learns", `{ ${PAGE} }`, LARGEST.page],
  ["the library", "*", LARGEST.library],
] as const)
  test(`${what} fits into ${largest / 1000} kB, minified and compressed`, async () => {
    const bytes = await bundled(`export ${names} from "./dist/index.js";`);
    assert.ok(bytes <= largest, `${bytes} bytes`);
    assert.ok(bytes > 10_000, `${bytes} bytes`);
  });

test.run();
