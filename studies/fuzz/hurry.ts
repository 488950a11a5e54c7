/** What a long run does without: it changes no answer. */
import { createHash, type Hash } from "node:crypto";
import { sha256 } from "../../src/core/generated/sha256.ts";

/**
 * Lets the host compute SHA-256, instead of the package's own program, and instantiate kernels at once, instead of in a thread of
 * its own: a third of the time of an input.
 *
 * @throws Error when the host's hash is another than the package's
 */
export function hurry(bytes: Uint8Array): void {
  const own = Buffer.from(sha256.create().update(bytes).digest());
  // `sha256` itself is frozen
  const prototype = Object.getPrototypeOf(sha256.create());
  const hashes = new WeakMap<object, Hash>();
  const hashOf = (owner: object): Hash => {
    const hash = hashes.get(owner) ?? createHash("sha256");
    hashes.set(owner, hash);
    return hash;
  };
  prototype.update = function (part: Uint8Array) {
    hashOf(this).update(part);
    return this;
  };
  prototype.digest = function () {
    return hashOf(this).digest();
  };
  const host = Buffer.from(sha256.create().update(bytes).digest());
  if (!own.equals(host))
    throw new Error(`sha256: expected ${own.toString("hex")}, got ${host.toString("hex")} of the host`);
  const { instantiate, Instance } = WebAssembly;
  WebAssembly.instantiate = (async (
    source: WebAssembly.Module | BufferSource,
    imports?: WebAssembly.Imports,
  ) =>
    source instanceof WebAssembly.Module
      ? new Instance(source, imports)
      : instantiate(source, imports)) as typeof instantiate;
}
