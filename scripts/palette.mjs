// A picture with a palette: a page has few colours, and a third of the bytes distinguishes them.
import { crc32, deflateSync } from "node:zlib";

const COLOURS = 256;

/**
 * A PNG of at most 256 colours: the commonest of those that differ in the first five bits, and for each pixel the nearest.
 *
 * @param page any page of a browser, which decodes the picture
 */
export async function withPalette(page, png) {
  const { width, height, pixels } = await page.evaluate(decode, png.toString("base64"));
  const rgba = Buffer.from(pixels, "base64");
  const palette = paletteOf(rgba);
  const nearest = new Map();
  const rows = Buffer.alloc(height * (width + 1));
  for (let i = 0; i < width * height; i++) {
    const colour = rgba.readUInt32LE(4 * i);
    if (!nearest.has(colour)) nearest.set(colour, nearestOf(palette, rgba.subarray(4 * i, 4 * i + 3)));
    // a row begins with its filter, here none
    rows[i + Math.floor(i / width) + 1] = nearest.get(colour);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** In the page: the pixels of a picture. */
async function decode(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let characters = "";
  for (let i = 0; i < data.length; i += 8192)
    characters += String.fromCharCode(...data.subarray(i, i + 8192));
  return { width, height, pixels: btoa(characters) };
}

/** The commonest colour of each cell of 8³, the commonest cells first. */
function paletteOf(rgba) {
  const counts = new Map();
  for (let i = 0; i < rgba.length; i += 4) {
    const colour = rgba.readUIntBE(i, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const cells = new Map();
  for (const [colour, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const cell = colour & 0xf8f8f8;
    const found = cells.get(cell) ?? { colour, count: 0 };
    cells.set(cell, { ...found, count: found.count + count });
  }
  const common = [...cells.values()].sort((a, b) => b.count - a.count).slice(0, COLOURS);
  return common.map(({ colour }) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
}

function nearestOf(palette, [red, green, blue]) {
  const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}

function chunk(kind, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(kind, 4, "latin1");
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}
