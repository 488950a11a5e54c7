declare global {
  // known without the types of a browser, too: a project for Node need not have them
  namespace WebAssembly {
    interface Memory {}
    interface Module {}
    interface Instance {}
  }
}

/** The kernels of `core.wasm`: compiled, as its bytes, or as a server's answer with them. */
export type KernelSource = WebAssembly.Module | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Response;

/** Compiles what is not compiled yet. @throws Error that tells why the kernels cannot run here, and what helps */
export async function compileKernels(source: KernelSource): Promise<WebAssembly.Module> {
  const module = isModule(source) ? source : await compile(await bytesOf(source));
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "reserve"))
    throw new Error("module: expected the core.wasm of this package, got WebAssembly without its kernels");
  return module;
}

/** By its tag: a module of another realm (a frame, a test's sandbox) is no `instanceof` of this one. */
function isModule(source: KernelSource): source is WebAssembly.Module {
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]";
}

async function bytesOf(source: Exclude<KernelSource, WebAssembly.Module>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = "arrayBuffer" in source ? await bodyOf(source) : viewOf(source);
  if (WASM.some((byte, i) => bytes[i] !== byte)) throw new Error(expectedWasm(bytes));
  return bytes;
}

async function bodyOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok)
    throw new Error(`module: expected core.wasm, got status ${response.status} from ${response.url}`);
  return new Uint8Array(await response.arrayBuffer());
}

function viewOf(source: ArrayBuffer | ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (Object.prototype.toString.call(source) === "[object ArrayBuffer]") return new Uint8Array(source);
  throw new TypeError(
    `module: expected a WebAssembly.Module, bytes or a Response, got ${Object.prototype.toString.call(source)}`,
  );
}

/** `\0asm`, what every WebAssembly file begins with. */
const WASM = [0, 97, 115, 109];

function expectedWasm(bytes: Uint8Array): string {
  return `module: expected WebAssembly, got ${foundInstead(bytes, "core.wasm")}`;
}

/** What bytes are that should have been a file, with the remedy when they are a page. */
export function foundInstead(bytes: Uint8Array, file: string): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 40)).split("\n")[0];
  const isText = /^\s*[<\w{]/.test(text);
  const found = isText ? `a text: ${JSON.stringify(text)}` : `${bytes.length} bytes of something else`;
  const help = text.trimStart().startsWith("<")
    ? `; the server answers with a page where ${file} should lie`
    : "";
  return found + help;
}

async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new Error(reasonOf(bytes), { cause });
  }
}

/** A function that returns a vector: `(func (result v128) i32.const 0  i8x16.splat  i8x16.popcnt)`. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123],
  ...[3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** Why the engine did not compile the kernels. */
function reasonOf(bytes: Uint8Array<ArrayBuffer>): string {
  if (!WebAssembly.validate(SIMD))
    return "kernels: expected an engine with WebAssembly SIMD (2021 or later), got one without";
  if (!WebAssembly.validate(bytes))
    return "module: expected the core.wasm of this package, got damaged WebAssembly";
  return (
    "kernels: expected a host that compiles WebAssembly, got one that forbids it; allow 'wasm-unsafe-eval' in the " +
    "page's Content-Security-Policy; on an edge host, bundle with the condition workerd or edge-light, or give `loadKernels` a compiled module"
  );
}
