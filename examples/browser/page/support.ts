/** Whether this browser can run the agent at all. */

/** The smallest module with a SIMD instruction: a function that drops a zero vector. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
);

/** What is missing and what to do about it; undefined where nothing is. */
export function missing(): string | undefined {
  if (typeof WebAssembly === "undefined")
    return "This browser runs no WebAssembly, in which the agent thinks. Switch it on (a strict security mode may have switched it off), or open the page in another browser.";
  if (!WebAssembly.validate(SIMD))
    return "This browser's WebAssembly has no SIMD, which the agent's kernels need. Update it: Chrome 91, Firefox 89, Safari 16.4 and later have it.";
  return undefined;
}
