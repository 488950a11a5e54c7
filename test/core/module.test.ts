/** What becomes of the kernels on hosts that lack or forbid something: each case is a real one, not a stand-in. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { activate } from "../../src/core/activation.ts";
import { createCore } from "../../src/core/core.ts";
import { LAYOUT } from "../../src/core/generated/exports.ts";
import type { KernelSource } from "../../src/core/module.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bytes = readFileSync(`${root}build/release.wasm`);
const script = await bundle();

/** The core as one script that sets `library`. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/core/core.ts`],
    bundle: true,
    format: "iife",
    globalName: "library",
    write: false,
  });
  return outputFiles[0].text;
}

/** What `createCore` says in a Node that is started with a flag. */
function messageUnder(flag: string): string {
  const call = "library.createCore().then(() => console.log('made'), ({ message }) => console.log(message));";
  const { stdout } = spawnSync(process.execPath, [flag, "-"], {
    input: `${script}\n${call}`,
    encoding: "utf8",
  });
  return stdout.trim();
}

/** The core in a realm that has only the given globals, and may not compile WebAssembly. */
function forbidding(globals: object): { createCore: typeof createCore } {
  const context = createContext({ ...globals }, { codeGeneration: { strings: true, wasm: false } });
  return runInContext(`${script}; library`, context);
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

const streams = { atob, Blob, DecompressionStream, Response, TextDecoder };

/** tanh ½ by the kernels, as a sign that they work. */
async function tanhOfHalf(module: KernelSource): Promise<number> {
  const core = await createCore({ bytes: 4096, module });
  return activate(core, core.f32(4), core.f32([0.5, 0, 0, 0]), "tanh")[0];
}

for (const [kind, module] of [
  ["a compiled module", new WebAssembly.Module(bytes)],
  ["bytes", new Uint8Array(bytes)],
  ["a buffer of bytes", new Uint8Array(bytes).buffer],
  ["a part of a larger buffer", new Uint8Array([1, 2, 3, ...bytes]).subarray(3)],
  ["a server's answer", new Response(bytes, { headers: { "content-type": "text/plain" } })],
] as const)
  test(`takes the kernels as ${kind}`, async () => {
    // float32's rounding of tanh, and two units in the last place of the kernel
    assert.ok(Math.abs((await tanhOfHalf(module)) - Math.tanh(0.5)) < 3 * 2 ** -24);
  });

test("names SIMD where the engine lacks it", () => {
  const expected = "kernels: expected an engine with WebAssembly SIMD (2021 or later), got one without";
  if (process.arch === "x64") assert.is(messageUnder("--no-enable-sse4-1"), expected);
});

test("names WebAssembly where there is none", () => {
  assert.is(messageUnder("--jitless"), "kernels: expected an engine with WebAssembly, got none");
});

test("says what to allow, or to pass, where compiling is forbidden", async () => {
  const message = await messageOf(forbidding(streams).createCore());
  assert.match(message, /^kernels: expected a host that compiles WebAssembly, got one that forbids it; /);
  for (const help of [
    "'wasm-unsafe-eval'",
    "Content-Security-Policy",
    "workerd",
    "edge-light",
    "`loadKernels`",
  ])
    assert.ok(message.includes(help), help);
});

test("says what to pass where nothing inflates", async () => {
  const { DecompressionStream: _, ...others } = streams;
  assert.is(
    await messageOf(forbidding(others).createCore()),
    "kernels: expected an engine with DecompressionStream, got none; give the package's core.wasm to `loadKernels`",
  );
});

test("a compiled module serves where compiling is forbidden, this core and later ones", async () => {
  const { createCore: createHere } = forbidding(streams);
  assert.match(await messageOf(createHere()), "forbids it");
  assert.is((await createHere({ module: new WebAssembly.Module(bytes) })).f32([1, 2]).length, 2);
  assert.is((await createHere()).f32(3).length, 3);
});

test("tells of a page that was served in place of the kernels", async () => {
  const page = "<!doctype html>\n<title>Not found</title>";
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/core.wasm`);
  const expected =
    'module: expected WebAssembly, got a text: "<!doctype html>"; the server answers with a page where core.wasm should lie';
  assert.is(await messageOf(createCore({ module: response })), expected);
  assert.is(await messageOf(createCore({ module: new TextEncoder().encode(page) })), expected);
  server.close();
});

for (const [kind, module, expected] of [
  ["an error status", new Response("", { status: 404 }), "module: expected core.wasm, got status 404 from "],
  ["nothing", new Uint8Array(0), "module: expected WebAssembly, got 0 bytes of something else"],
  [
    "a deflated file",
    Uint8Array.of(0x1f, 0x8b, 8, 0),
    "module: expected WebAssembly, got 4 bytes of something else",
  ],
  [
    "a file that is cut short",
    new Uint8Array(bytes.subarray(0, 5000)),
    "module: expected the core.wasm of this package, got damaged WebAssembly",
  ],
  [
    "another module",
    Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0),
    "module: expected the core.wasm of this package, got WebAssembly without its kernels",
  ],
] as const)
  test(`refuses ${kind} in a sentence`, async () => {
    assert.is(await messageOf(createCore({ module })), expected);
  });

test("refuses kernels of other records, and later cores are those of before", async () => {
  const other = new Uint8Array(bytes);
  const [at] = placesOf(signed(LAYOUT), other);
  other[at] ^= 1;
  const expected = "module: expected the core.wasm of this package's version, got that of another version";
  assert.is(await messageOf(createCore({ module: other })), expected);
  assert.is((await createCore()).f32(3).length, 3);
});

/** Where some bytes lie among others. */
function placesOf(wanted: readonly number[], among: Uint8Array): readonly number[] {
  return [...among.keys()].filter((at) => wanted.every((byte, i) => among[at + i] === byte));
}

/** A number of 32 bits as WebAssembly writes it: seven bits a byte, the lowest first. */
function signed(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const isLast = rest >= -64 && rest < 64;
    bytes.push((rest & 127) | (isLast ? 0 : 128));
    if (isLast) return bytes;
  }
}

test("refuses what is no source of kernels", async () => {
  assert.is(
    await messageOf(createCore({ module: {} as KernelSource })),
    "module: expected a WebAssembly.Module, bytes or a Response, got [object Object]",
  );
});

test("a refused module does not spoil later cores", async () => {
  await messageOf(createCore({ module: new Uint8Array(0) }));
  assert.is((await createCore({ bytes: 4096 })).f32(2).length, 2);
});

test("names an option that it does not know", async () => {
  assert.is(await messageOf(createCore({ byte: 4096 } as object)), "options: expected known names, got byte");
});

test.run();
