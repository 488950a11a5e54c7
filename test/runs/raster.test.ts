import { test } from "uvu";
import * as assert from "uvu/assert";
import { pngOf } from "../../src/runs/raster.ts";

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="6"><rect width="10" height="6" fill="red"/></svg>';

test("a drawing becomes a PNG of twice its size, the same for the same", async () => {
  const png = Buffer.from(await pngOf(SVG));
  assert.equal([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.equal([png.readUInt32BE(16), png.readUInt32BE(20)], [20, 12]);
  assert.ok(png.equals(await pngOf(SVG)));
});

test("what is drawn is the rasteriser's answer, and nothing else", async () => {
  const calls: unknown[] = [];
  class Resvg {
    constructor(...given: unknown[]) {
      calls.push(...given);
    }
    render = () => ({ asPng: () => Uint8Array.of(1, 2) });
  }
  assert.equal([...(await pngOf(SVG, async () => ({ Resvg })))], [1, 2]);
  assert.equal(calls, [SVG, { fitTo: { mode: "zoom", value: 2 } }]);
});

for (const [code, words] of [
  ["ERR_MODULE_NOT_FOUND", "none"],
  ["ERR_DLOPEN_FAILED", "no such machine"],
])
  test(`without a rasteriser (${code}) it says what to install`, async () => {
    const fault = Object.assign(new Error("no such machine"), { code });
    try {
      await pngOf(SVG, () => Promise.reject(fault));
      assert.unreachable();
    } catch (error) {
      const expected = `--out: expected @resvg/resvg-js for a .png (npm install @resvg/resvg-js), got ${words}`;
      assert.is((error as Error).message, expected);
      assert.is((error as Error).cause, fault);
    }
  });

test.run();
