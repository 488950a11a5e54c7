/** Optional packages that read files. */
import { shown } from "../../core/expect.ts";

/** A package that has to be installed beside this one. @throws Error that says so */
export async function loadPeer<Peer>(name: string, load: () => Promise<Peer>): Promise<Peer> {
  try {
    return await load();
  } catch (cause) {
    const words = cause instanceof Error ? cause.message.split("\n")[0] : cause;
    throw new Error(`expected the package ${name} (npm install ${name}), got ${words}`, { cause });
  }
}

/** A file's bytes as a buffer of their own. @throws TypeError when they are none */
export function expectBytes(bytes: Uint8Array | ArrayBuffer): ArrayBuffer {
  if (bytes instanceof ArrayBuffer) return bytes;
  if (bytes instanceof Uint8Array) return Uint8Array.from(bytes).buffer;
  throw new TypeError(`bytes: expected a Uint8Array or an ArrayBuffer, got ${shown(bytes)}`);
}
