/** The finaliser of MurmurHash3, https://github.com/aappleby/smhasher: every bit in changes half of those out. @returns 32 bits, with a sign */
export function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
