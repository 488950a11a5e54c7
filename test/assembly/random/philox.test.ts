import { test } from "uvu";
import * as assert from "uvu/assert";
import { philox } from "../../../src/core/random.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore(1 << 23);
const key = [0x12345678, 0x9abcdef0] as const;

// Random123's kat_vectors for philox4x32 10: counter, key, words
for (const [counter, seed, expected] of [
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [new Array(4).fill(0xffffffff), [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
] as const)
  test(`philox and its twin give the published words ${expected}`, () => {
    const [block, step, tile, stream] = counter;
    const out = philox(core, core.u32(16), seed[0], seed[1], stream, tile, step, block);
    const hex = (words: number[]) => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");
    assert.is(hex([out[0], out[4], out[8], out[12]]), expected);
    assert.is(hex(reference.philox(counter, seed)), expected);
  });

for (const N of [4, 8, 12, 16, 20, 1024])
  test(`philox matches the f64 reference at N=${N}`, () => {
    const words = reference.words(key, 3, 4, 5, N);
    assert.equal(Array.from(philox(core, core.u32(N), ...key, 3, 4, 5, 0)), words);
  });

test("turning one bit of the counter or the key turns half of the words' bits, whichever it is", () => {
  const random = reference.mulberry32(31);
  const out = core.u32(16);
  const block = (key: readonly number[]) => {
    const [low, high, stream, tile, step, index] = key;
    philox(core, out, low, high, stream, tile, step, index);
    return [out[0], out[4], out[8], out[12]];
  };
  const places = 64;
  for (let word = 0; word < 6; word++)
    for (let bit = 0; bit < 32; bit++) {
      let turned = 0;
      for (let place = 0; place < places; place++) {
        const key = Array.from({ length: 6 }, () => Math.floor(random() * 2 ** 32));
        const before = block(key);
        key[word] = (key[word] ^ (1 << bit)) >>> 0;
        block(key).forEach((after, j) => {
          turned += ones(after ^ before[j]);
        });
      }
      // of 128 bits each turns with chance ½: 4 σ = 4 √n / 2
      const n = places * 128;
      assert.ok(Math.abs(turned - n / 2) < 2 * Math.sqrt(n), `word ${word}, bit ${bit}: ${turned} of ${n}`);
    }
});

/** Bits of a word that are 1. */
function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

test.run();
