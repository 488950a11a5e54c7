import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Row } from "../../../src/adapters/logs/rows.ts";
import { type LogColumns, transitionsOf } from "../../../src/adapters/logs/transitions.ts";
import { box, discrete } from "../../../src/environments/environment.ts";
import { messageOf } from "../../helpers/folder.ts";

const spaces = { observationSpace: box([-9], [9]), actionSpace: box([-1], [1]) };

async function read(rows: readonly Row[], columns?: LogColumns, where: typeof spaces = spaces) {
  const tally = { dropped: 0 };
  const list = [];
  for await (const transition of transitionsOf(rows, where, columns, tally)) list.push(transition);
  return { list, ...tally };
}

const row = (x: number, more: object = {}) => ({ observation: [x], action: [x / 10], reward: x, ...more });
const brief = ({ list }: Awaited<ReturnType<typeof read>>) =>
  list.map(({ observation, nextObservation, terminated, truncated }) =>
    [observation, "→", nextObservation, terminated ? "end" : truncated ? "cut" : ""].join(""),
  );

test("what follows is what the next row saw; the last one breaks off", async () => {
  const result = await read([row(1), row(2), row(3)]);
  assert.equal(brief(result), ["1→2", "2→3cut"]);
  assert.is(result.dropped, 1);
  assert.equal(result.list[0], {
    observation: [1],
    action: [0.1],
    reward: 1,
    nextObservation: [2],
    terminated: false,
    truncated: false,
  });
});

test("a column for what follows needs no next row", async () => {
  const rows = [
    row(1, { nextObservation: [2] }),
    row(2, { nextObservation: [5], terminated: true }),
    row(7, { nextObservation: [8] }),
  ];
  const result = await read(rows);
  assert.equal(brief(result), ["1→2", "2→5end", "7→8cut"]);
  assert.is(result.dropped, 0);
});

test("another episode does not follow", async () => {
  const rows = [
    row(1, { episode: 0 }),
    row(2, { episode: 0 }),
    row(5, { episode: 1 }),
    row(6, { episode: 1 }),
    row(7, { episode: 1 }),
  ];
  assert.equal(brief(await read(rows)), ["1→2cut", "5→6", "6→7cut"]);
});

test("a row without an action tells what was seen last", async () => {
  const rows = [row(1), row(2, { terminated: true }), { observation: [3] }, row(7), { observation: [8] }];
  const result = await read(rows);
  assert.equal(brief(result), ["1→2", "2→3end", "7→8cut"]);
  assert.is(result.dropped, 0);
});

test("an end that no observation follows is left out, and what came before breaks off", async () => {
  const result = await read([row(1), row(2, { terminated: true }), row(7), row(8)]);
  assert.equal(brief(result), ["1→2cut", "7→8cut"]);
  assert.is(result.dropped, 2);
});

test("reads numbers in columns of their own, texts, bigints and lists as JSON", async () => {
  const csv = [
    { x: "1", v: "2", u: "0.5", r: "-1", done: "False" },
    { x: "3", v: "4", u: "0.1", r: "-2", done: "1" },
    { x: "5", v: "6", u: "", r: "", done: "0" },
  ];
  const wide = { ...spaces, observationSpace: box([-9, -9], [9, 9]) };
  const { list } = await read(
    csv,
    { observation: ["x", "v"], action: ["u"], reward: "r", terminated: "done" },
    wide,
  );
  assert.equal(list[1], {
    observation: [3, 4],
    action: [0.1],
    reward: -2,
    nextObservation: [5, 6],
    terminated: true,
    truncated: false,
  });
  const choices = { ...spaces, actionSpace: discrete(3) };
  const mixed = [
    { observation: "[1.5]", action: 2n, reward: 1 },
    { observation: Float32Array.of(2), action: [1], reward: 1 },
    { observation: 3 },
  ];
  const result = await read(mixed, undefined, choices as never);
  assert.equal(
    result.list.map(({ observation, action }) => [observation, action]),
    [
      [[1.5], 2],
      [[2], 1],
    ],
  );
});

test("a value that is missing or none is named by row and column", async () => {
  const refused = async (rows: readonly object[], message: string, columns?: LogColumns) => {
    assert.is(await messageOf(() => read(rows as readonly Row[], columns)), message);
  };
  await refused([{ action: [1] }], "row 1, observation: expected a value, got undefined");
  await refused([row(1), row(2, { reward: "high" })], 'row 2, reward: expected a number, got "high"');
  await refused([row(1, { observation: ["a"] })], 'row 1, observation: expected a number, got "a"');
  await refused([row(1, { terminated: "maybe" })], 'row 1, terminated: expected true or false, got "maybe"');
  await refused([row(1)], "row 1, done: expected true or false, got undefined", { terminated: "done" });
  await refused([row(1, { observation: "[1" })], 'row 1, observation: expected a list as JSON, got "[1"');
});

test.run();
