/** FNV-1a over 64 bits (Fowler, Noll & Vo 1991): a fingerprint that needs nothing of the host. */
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** 16 hexadecimal digits of all bytes, in order; of no bytes, the offset basis. */
export function fnv1a(...parts: readonly Uint8Array[]): string {
  let hash = OFFSET;
  for (const part of parts) for (const byte of part) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, "0");
}
