import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { trials, verdictsIn } from "../../studies/random/battery.ts";
import { bytesOf, CHUNK, DRAW, keyOf, layouts, WOVEN } from "../../studies/random/layouts.ts";
import { isPassed, listed, markdown } from "../../studies/random/table.ts";
import { words } from "../reference/kernels.ts";

const core = await createCore({ bytes: 4 * CHUNK + 64 });
const script = fileURLToPath(new URL("../../studies/random/run.ts", import.meta.url));
const command = ["--import", import.meta.resolve("tsx"), script];

/** The first chunks of an order, as words. */
function chunksOf(layout: string, seed: number, count: number): Uint32Array[] {
  return core.scope(() => {
    const chunks = bytesOf(core, layout, seed);
    return Array.from({ length: count }, () => {
      const { value } = chunks.next();
      return new Uint32Array(value.buffer, value.byteOffset, value.length / 4);
    });
  });
}

/** The twin's words of a short draw. */
function drawOf(index: number, seed: number): number[] {
  const { seedLow, stream, tile, step } = keyOf(index);
  return words([seedLow, seed], stream, tile, step, DRAW);
}

test("the long order is one draw, chunk after chunk", () => {
  const [first, second] = chunksOf("long", 7, 2);
  const expected = words([0, 7], 0, 0, 0, CHUNK + 64);
  for (const i of [0, 1, 31, 32, 1000, CHUNK - 1]) assert.is(first[i], expected[i], `${i}`);
  assert.equal([...second.subarray(0, 64)], expected.slice(CHUNK));
});

test("the short order is draws of consecutive keys; the woven one has their words in turn", () => {
  const short = chunksOf("short", 9, 9)[8];
  const woven = chunksOf("woven", 9, 9)[8];
  for (const i of [0, 1, 4, 127, 128, WOVEN - 1]) {
    const draw = drawOf(8 * WOVEN + i, 9);
    assert.equal([...short.subarray(i * DRAW, (i + 1) * DRAW)], draw);
    assert.equal(
      draw.map((_, j) => woven[j * WOVEN + i]),
      draw,
    );
  }
});

test("consecutive keys differ, and count through tiles, streams, steps and seeds", () => {
  assert.equal(keyOf(0), { tile: 0, stream: 0, step: 0, seedLow: 0 });
  assert.equal(keyOf(5), { tile: 1, stream: 1, step: 0, seedLow: 0 });
  assert.equal(keyOf(128 * 256 * 3 + 128 * 2 + 3), { tile: 3, stream: 0, step: 2, seedLow: 3 });
  const keys = Array.from({ length: 100_000 }, (_, i) => Object.values(keyOf(i)).join());
  assert.is(new Set(keys).size, keys.length);
});

test("the program writes those bytes, and ends when nobody reads on", async () => {
  for (const layout of Object.keys(layouts)) {
    const child = spawn(process.execPath, [...command, "--layout", layout, "--seed", "9"]);
    const bytes = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.is(code, 0);
    const [expected] = chunksOf(layout, 9, 1);
    assert.equal([...bytes.subarray(0, 64)], [...new Uint8Array(expected.buffer, expected.byteOffset, 64)]);
  }
});

const output = `
#=============================================================================#
        test_name   |ntup| tsamples |psamples|  p-value |Assessment
#=============================================================================#
    diehard_runs|   0|    100000|     100|0.49815757|  PASSED  
    diehard_runs|   0|    100000|     100|0.99638027|   WEAK   
     rgb_bitdist|   3|    100000|     100|0.00000000|  FAILED  
`;

test("reads the battery's table, and sums it up", () => {
  const verdicts = verdictsIn(output);
  assert.equal(verdicts[1], {
    test: "diehard_runs",
    size: 0,
    samples: 100,
    pValue: 0.99638027,
    assessment: "WEAK",
  });
  const row = { layout: "long", verdicts };
  assert.match(
    markdown([row]),
    "| long | 3 | 1 | 1 | 1 | rgb_bitdist 3 (p = 0), diehard_runs 0 (p = 0.99638027) |\n",
  );
  assert.match(listed(row), /^long\ndiehard_runs +0 +100 {2}0\.49815757 {2}PASSED\n/);
  assert.not(isPassed(row));
  assert.ok(isPassed({ layout: "long", verdicts: verdicts.slice(0, 2) }));
});

test("runs each of its tests once", () => {
  const names = trials.map(({ number, size }) => `${number} ${size}`);
  assert.is(new Set(names).size, names.length);
  assert.not(names.includes("14 undefined"));
});

test("a wrong wish is one sentence", () => {
  for (const [words, message] of [
    [["--layout", "odd"], "error: --layout: expected one of long, short, woven, got odd\n"],
    [["--seed", "-1"], /^error: .*--seed/],
    [["--battery", "--only", "14"], "error: --only: expected dieharder's numbers, got 14\n"],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [...command, ...words], { encoding: "utf8" });
    assert.is(status, 1);
    if (typeof message === "string") assert.is(stderr, message);
    else assert.match(stderr, message);
  }
});

test.run();
