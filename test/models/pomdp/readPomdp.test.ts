import { test } from "uvu";
import * as assert from "uvu/assert";
import { readPomdp } from "../../../src/models/pomdp/readPomdp.ts";
import { sparseOf, tabularOf } from "../../../src/models/sparse/tables.ts";
import { tiger } from "../../../src/problems.ts";
import { maxAbsError } from "../../reference/kernels.ts";

const TIGER = `# a tiger behind one of two doors
discount: 0.95
values: reward
states: tiger-left tiger-right
actions: listen open-left open-right
observations: obs-left obs-right

T:listen
identity
T:open-left
uniform
T:open-right
uniform

O:listen
0.85 0.15
0.15 0.85
O:open-left
uniform
O:open-right
uniform

R:listen : * : * : * -1
R:open-left : tiger-left : * : * -100
R:open-left : tiger-right : * : * 10
R:open-right : tiger-left : * : * 10
R:open-right : tiger-right : * : * -100`;

test("reads the tiger as the problem of that name", () => {
  const { names, discount, ...tables } = readPomdp(TIGER);
  const { observation, ...others } = sparseOf(tiger());
  assert.equal({ ...tables, observation }, { ...others, observation });
  // 1 − .85 is not .15 to the last bit
  assert.ok(maxAbsError(tables.observation.value, observation.value) < 1e-15);
  assert.is(discount, 0.95);
  assert.equal(names, {
    states: ["tiger-left", "tiger-right"],
    actions: ["listen", "open-left", "open-right"],
    observations: ["obs-left", "obs-right"],
  });
});

test("how lines end, tabs, a byte order mark and the last line's end change nothing", () => {
  const model = readPomdp(TIGER);
  for (const text of [
    `\uFEFF${TIGER}`,
    TIGER.replaceAll("\n", "\r\n"),
    TIGER.replaceAll("\n", "\r"),
    TIGER.replaceAll(" ", "\t"),
    TIGER.replaceAll(":", " : "),
    TIGER.replaceAll("tiger-left :", "0 :").replaceAll("open-right :", "2:"),
    `${TIGER}\n\n# the end`,
    TIGER.replace("values: reward\n", ""),
  ])
    assert.equal(readPomdp(text), model);
});

test("a file without an end of its tables names its last line", () => {
  assert.throws(() => readPomdp(""), /^line 1: expected states: before the tables, got the end of the file$/);
  assert.throws(() => readPomdp("{}"), /^line 1: expected discount, .* or R, got {}$/);
  assert.throws(() => readPomdp(TIGER.slice(0, 200)), /^line \d+: expected /);
});

test("refuses what is no text", () => {
  assert.throws(
    () => readPomdp(undefined as unknown as string),
    (error: Error) =>
      error instanceof TypeError && error.message === "text: expected the text of a file, got undefined",
  );
});

test("reads a thousand states in rows and columns", () => {
  const S = 1000;
  const cells = Array.from({ length: S }, (_, s) => `T: 0 : ${s} : ${(s + 1) % S} 1`).join("\n");
  const model = readPomdp(
    `discount: 0.9 states: ${S} actions: 1 observations: 1 T: * : * : * 0 ${cells} O: * uniform R: * : * : 999 : * 1`,
  );
  assert.equal([model.transition.index.length, model.reward.dependsOn], [S, "action"]);
  assert.equal([model.reward.values[998], model.reward.values[999]], [1, 0]);
});

const MDP = "discount: 0.9\nstates: a b\nactions: go stay\n";
for (const [text, kind, values] of [
  ["", "action", [0, 0, 0, 0]],
  ["R: go : * : * -1", "action", [-1, 0, -1, 0]],
  ["R: go : * : * : * -1", "action", [-1, 0, -1, 0]],
  ["R: * : * : b 4", "next", [0, 4, 0, 4, 0, 4, 0, 4]],
  ["R: stay : b : a : a 4", "next", [0, 0, 0, 0, 0, 0, 4, 0]],
  ["R: go : a\n1 2", "next", [1, 2, 0, 0, 0, 0, 0, 0]],
  ["R: go\n1 2\n3 4", "next", [1, 2, 0, 0, 3, 4, 0, 0]],
  ["R: * 1 2 3 4 R: stay : * : a 5", "next", [1, 2, 5, 2, 3, 4, 5, 4]],
] as [string, string, number[]][])
  test(`without observations states are seen: reads ${JSON.stringify(text)}`, () => {
    const model = readPomdp(`${MDP}T: * uniform\n${text}`);
    const { tables } = tabularOf(model);
    const identity = [
      [1, 0],
      [0, 1],
    ];
    assert.equal([model.observations, tables.observation], [2, [identity, identity]]);
    assert.equal(model.names?.observations, ["a", "b"]);
    assert.equal([model.reward.dependsOn, [...model.reward.values]], [kind, values]);
  });

for (const [text, message] of [
  ["T: * identity\nO: * uniform", /^line 5: expected observations: before the tables, got O$/],
  ["T: * identity\nR: go : a\n1", /^line 6: expected number 2 of 2 of R's row, got the end of the file$/],
  ["T: * identity\nR: go\n1 2 3", /^line 6: expected number 2 of 2 of R's row, got the end of the file$/],
] as [string, RegExp][])
  test(`without observations refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => readPomdp(MDP + text), message);
  });

test.run();
