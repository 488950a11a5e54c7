import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawHouse, storeyOf } from "../../../scripts/house/draw.ts";

const sources = new Map([
  ["src/agent/act.ts", 'import "../core/math.ts";\nimport "../models/network.ts";\n'],
  ["src/agent/latent/act.ts", 'import "../act.ts";\nimport "../../core/math.ts";\n'],
  ["src/core/math.ts", "export const one = 1;\n"],
  ["src/index.ts", 'export { one } from "./core/math.ts";\n'],
  ["src/models/network.ts", 'import "../core/math.ts";\nimport "node:fs";\n'],
  ["assembly/index.ts", 'export { exp } from "./math/exp";\n'],
  ["assembly/math/exp.ts", 'import { F32 } from "../memory";\n'],
  ["assembly/memory.ts", "export const F32: usize = 4;\n"],
]);

test("a folder is a room with the files and lines within it; arrows count imports of other rooms", () => {
  const { rooms, arrows } = storeyOf(sources, "src", ["core", "models", "agent"]);
  assert.equal(rooms, [
    { name: "entries", folders: [], files: 1, lines: 1 },
    { name: "agent", folders: ["latent"], files: 2, lines: 4 },
    { name: "models", folders: [], files: 1, lines: 2 },
    { name: "core", folders: [], files: 1, lines: 1 },
  ]);
  assert.equal(arrows, [
    { from: "agent", to: "core", count: 2 },
    { from: "agent", to: "models", count: 1 },
    { from: "entries", to: "core", count: 1 },
    { from: "models", to: "core", count: 1 },
  ]);
});

test("every room stands above those that it imports, whatever the order of the layers says", () => {
  const namesOf = (layers: readonly string[]) =>
    storeyOf(sources, "src", layers).rooms.map(({ name }) => name);
  assert.equal(namesOf(["agent", "models", "core"]), ["entries", "agent", "models", "core"]);
  assert.equal(namesOf([]), ["agent", "entries", "models", "core"]);
});

test("the list of the kernels is no room; a file of the root that others import is one", () => {
  const { rooms, arrows } = storeyOf(sources, "assembly", []);
  assert.equal(
    rooms.map(({ name }) => name),
    ["math", "memory"],
  );
  assert.equal(arrows, [{ from: "math", to: "memory", count: 1 }]);
});

test("a ring of rooms cannot be drawn", () => {
  const ring = new Map([
    ["src/a/x.ts", 'import "../b/y.ts";'],
    ["src/b/x.ts", 'import "../a/x.ts";'],
    ["src/b/y.ts", ""],
  ]);
  assert.throws(() => storeyOf(ring, "src", []), /^rooms: expected no ring, got a, b$/);
});

test("draws each room and each arrow once, in equal bytes for equal sources", () => {
  const drawing = drawHouse(sources);
  assert.is(drawHouse(new Map([...sources].reverse())), drawing);
  assert.equal(
    [...drawing.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title),
    ["agent → core: 2", "agent → models: 1", "entries → core: 1", "models → core: 1", "math → memory: 1"],
  );
  assert.is(
    drawing.match(/font-weight="600" fill="[^"]*">(entries|agent|models|core|math|memory)</g)?.length,
    6,
  );
});

test.run();
