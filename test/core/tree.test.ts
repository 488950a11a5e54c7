import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore, measureTree } from "../../src/core/core.ts";
import {
  arraysOf,
  countersOf,
  extentOf,
  inputRanges,
  restoreTree,
  savedArrays,
} from "../../src/core/tree.ts";

const core = await createCore();

/** A tree of every kind; its arrays lie one behind the other. */
function plant(start = 0, memory: Pick<typeof core, "f32" | "u32"> = core) {
  const parameters = memory.f32([start + 1, start + 2, start + 3, start + 4]);
  return {
    sizes: { D: 2, capacity: undefined },
    network: { shape: memory.u32([1, 0, 2, 2]), parameters, members: [parameters.subarray(0, 2)] },
    zeros: { gradient: memory.f32(4) },
    work: { hidden: memory.f32(8), record: memory.u32([5]), inner: { counts: { step: start } } },
    table: { capacity: 3, stride: 2, rows: memory.f32([start, 0, 0, 0, 0, 0]), counts: { rows: 1 + start } },
    counts: { steps: 7 + start, low: Infinity, isOver: start > 0, moments: { count: start } },
    missing: null,
  };
}

test("the kind of an array follows from the innermost key on its path", () => {
  assert.equal(
    arraysOf(plant()).map(({ path, kind, filled }) => [path, kind, filled]),
    [
      ["network.shape", "record", 4],
      ["network.parameters", "saved", 4],
      ["zeros.gradient", "zeros", 4],
      ["work.hidden", "work", 8],
      ["work.record", "record", 1],
      ["table.rows", "saved", 2],
    ],
  );
});

test("saves arrays, tables as far as they are filled, and what lies under counts", () => {
  const tree = plant();
  const arrays = savedArrays(tree);
  assert.equal(Object.keys(arrays), ["network.parameters", "table.rows"]);
  assert.is(arrays["table.rows"].length, 2);
  assert.equal(countersOf(tree), {
    "work.inner.counts.step": 0,
    "table.counts.rows": 1,
    "counts.steps": 7,
    "counts.low": Infinity,
    "counts.isOver": false,
    "counts.moments.count": 0,
  });
});

test("a restored tree is saved as the first was, and shares nothing with it", () => {
  const [tree, other] = [plant(1), plant()];
  const shared = other.counts.moments;
  restoreTree(other, { arrays: savedArrays(tree), counters: countersOf(tree) });
  assert.equal([savedArrays(other), countersOf(other)], [savedArrays(tree), countersOf(tree)]);
  assert.equal([...other.table.rows.subarray(0, 4)], [1, 0, 0, 0]);
  assert.is(shared.count, 0);
  other.network.parameters[0] = 9;
  assert.is(tree.network.parameters[0], 2);
});

test("names what is missing, of another size or type, or not finite", () => {
  const saved = () => ({
    arrays: savedArrays(plant()),
    counters: { ...countersOf(plant()) } as Record<string, unknown>,
  });
  const message = (change: (what: ReturnType<typeof saved>) => void) => {
    const what = saved();
    change(what);
    try {
      restoreTree(plant(), what);
    } catch (error) {
      return String(error);
    }
    return "taken";
  };
  const told: [Parameters<typeof message>[0], string][] = [
    [({ counters }) => delete counters["counts.steps"], "Error: counts.steps: expected a number, got none"],
    [({ counters }) => (counters["counts.isOver"] = 1), "Error: counts.isOver: expected a boolean, got 1"],
    [({ counters }) => (counters["table.counts.rows"] = 2), "Error: table.rows: expected 4 values, got 2"],
    ...[4, -1, 0.5, Number.NaN].map((rows): [Parameters<typeof message>[0], string] => [
      ({ counters }) => (counters["table.counts.rows"] = rows),
      `Error: table.counts.rows: expected a whole number in [0, 3], got ${rows}`,
    ]),
    [
      ({ arrays }) => (arrays["network.parameters"] = new Uint32Array(4)),
      "Error: network.parameters: expected Float32Array, got Uint32Array",
    ],
    [({ arrays }) => delete arrays["table.rows"], "Error: table.rows: expected 2 values, got none"],
    [
      ({ arrays }) => (arrays["network.parameters"][1] = Number.NaN),
      "Error: network.parameters: expected finite numbers, got NaN at 1",
    ],
    [({ arrays }) => (arrays["table.rows"][1] = Number.NaN), "taken"],
  ];
  for (const [change, expected] of told) assert.is(message(change), expected);
});

test("what is saved can be compared with a tree that was only measured", () => {
  const saved = () => ({ arrays: savedArrays(plant(1)), counters: countersOf(plant(1)) });
  const measured = () => measureTree((memory) => plant(0, memory)).tree;
  restoreTree(measured(), saved());
  const { arrays, counters } = saved();
  arrays["table.rows"] = new Float32Array(2);
  assert.throws(() => restoreTree(measured(), { arrays, counters }), "table.rows: expected 4 values, got 2");
  delete (counters as Record<string, unknown>)["counts.low"];
  assert.throws(
    () => restoreTree(measured(), { arrays: savedArrays(plant(1)), counters }),
    "counts.low: expected a number, got none",
  );
});

test("what is saved beside the tree is not known", () => {
  const tree = plant();
  const saved = { arrays: savedArrays(tree), counters: countersOf(tree) };
  restoreTree(tree, saved);
  for (const other of [
    { ...saved, arrays: { ...saved.arrays, "network.other": new Float32Array(1) } },
    { ...saved, counters: { ...saved.counters, "network.other": 1 } },
  ])
    assert.throws(() => restoreTree(tree, other), 'tree: expected what the agent has, got "network.other"');
  // work is no part of a file, though the tree has it
  const work = { ...saved.arrays, "work.hidden": new Float32Array(8) };
  assert.throws(() => restoreTree(tree, { ...saved, arrays: work }), /got "work.hidden"/);
});

test("only a logarithm may be −Infinity, and nothing NaN", () => {
  const tree = { logWeights: core.f32([0, -Infinity]), weights: core.f32([1, 0]) };
  restoreTree(tree, { arrays: savedArrays(tree), counters: {} });
  tree.logWeights[0] = Number.NaN;
  assert.throws(
    () => restoreTree(tree, { arrays: savedArrays(tree), counters: {} }),
    /logWeights: expected finite/,
  );
  tree.logWeights[0] = 0;
  tree.weights[1] = -Infinity;
  assert.throws(
    () => restoreTree(tree, { arrays: savedArrays(tree), counters: {} }),
    /weights: expected finite/,
  );
});

test("a view of another kind than what it lies in is an error", () => {
  const values = core.f32(4);
  assert.throws(
    () => arraysOf({ work: { values }, view: values.subarray(1) }),
    "tree: expected view to be work as work.values, got saved",
  );
});

test("the ranges of a memory leave out work; the extent does not", () => {
  const { memory } = core.kernels;
  const tree = plant();
  const last = tree.work.record.byteOffset;
  assert.equal(inputRanges(tree, memory), [
    [tree.network.parameters.byteOffset, tree.zeros.gradient.byteOffset + 16],
    [last, tree.table.rows.byteOffset + 24],
  ]);
  assert.is(extentOf(tree, memory), tree.table.rows.byteOffset + 24);
  assert.is(extentOf({ here: new Float32Array(4) }, memory), 0);
});

test.run();
