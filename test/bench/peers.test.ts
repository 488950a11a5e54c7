import { test } from "uvu";
import * as assert from "uvu/assert";
import { onnxModel } from "../../bench/peers/onnx.ts";
import { turned } from "../../bench/peers/peer.ts";
import { createProblem } from "../../bench/peers/problem.ts";
import { difference, markdown, rowOf } from "../../bench/peers/table.ts";

test("a row is the medians, and the median of the ratios within a round", () => {
  // the second round was slow for both: its ratio counts like the others
  assert.equal(rowOf("plan", "tfjs", [10, 90, 12], [2, 30, 4]), {
    ...{ work: "plan", peer: "tfjs", p50: 12, ours: 4 },
    ratio: 3,
  });
});

test("the table gives our time and the peers as multiples of it, a dash for what a peer cannot do", () => {
  const rows = [
    { work: "forward 1", peer: "numpy", p50: 12.6, ours: 1.503, ratio: 8.3777 },
    { work: "plan", peer: "numpy", p50: 93_000, ours: 104_321, ratio: 0.8912 },
    { work: "plan", peer: "tfjs", p50: 1e6, ours: 104_321, ratio: 10 },
  ];
  assert.is(
    markdown(rows, ["forward 1", "plan"]),
    [
      "|  | forward 1 | plan |",
      "| --- | ---: | ---: |",
      "| generative-agent | 1.5 µs | 104 ms |",
      "| numpy | ×8.38 | ×0.89 |",
      "| tfjs | – | ×10 |",
    ].join("\n"),
  );
});

test("answers differ by their largest error; one that is missing or no number never passes", () => {
  assert.is(difference([1, 2, 3], [1, 2, 4]), 0.25);
  assert.is(difference([0, 0], [0, 0]), 0);
  assert.ok(Number.isNaN(difference([1], [1, 2])));
  assert.not.ok(difference([Number.NaN, 1], [1, 1]) < 1);
});

test("plans without noise have the same scores before and after plans that refine", async () => {
  const { ours } = await createProblem({ candidates: 64, horizon: 2 });
  const scores = async (usesNoise: boolean) => [...(await ours.plan(usesNoise))];
  const before = await scores(false);
  const refined = [await scores(true), await scores(true)];
  assert.not.equal(refined[1], before);
  assert.equal(await scores(false), before);
});

test("turns a matrix", () => {
  assert.equal([...turned(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3)], [1, 4, 2, 5, 3, 6]);
});

test("writes protocol buffers: an ONNX model of one operator, byte by byte", () => {
  const port = (name: string) => ({ name, dimensions: [300] });
  const nodes = [{ type: "Tanh", inputs: ["x"], outputs: ["y"] }];
  const model = onnxModel({ nodes, constants: [], inputs: [port("x")], outputs: [port("y")] });
  const letter = (text: string) => text.charCodeAt(0);
  const value = (name: string) => [
    ...[10, 1, letter(name), 18, 11, 10, 9, 8, 1, 18, 5, 10, 3, 8, 0xac, 2], // 300 in base 128
  ];
  const node = [10, 1, letter("x"), 18, 1, letter("y"), 34, 4, ...[..."Tanh"].map(letter)];
  const graph = [
    ...[10, node.length, ...node, 18, 4, ...[..."work"].map(letter)],
    ...[90, value("x").length, ...value("x"), 98, value("y").length, ...value("y")],
  ];
  assert.equal([...model], [8, 8, 58, graph.length, ...graph, 66, 4, 10, 0, 16, 17]);
});

test.run();
