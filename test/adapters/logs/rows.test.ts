import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Rows, readCsv, readJsonLines } from "../../../src/adapters/logs/rows.ts";

async function all(rows: Rows): Promise<readonly object[]> {
  const list: object[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

async function* inPieces(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const failure = (rows: Rows) =>
  all(rows).then(
    () => "",
    (error: Error) => error.message,
  );

test("reads JSON lines from text, bytes, a Blob and a stream cut anywhere", async () => {
  const text = '{"x": 1, "name": "é"}\n\n{"x": [2, 3]}';
  const rows = [{ x: 1, name: "é" }, { x: [2, 3] }];
  assert.equal(await all(readJsonLines(text)), rows);
  assert.equal(await all(readJsonLines(new TextEncoder().encode(text))), rows);
  assert.equal(await all(readJsonLines(new Blob([text]))), rows);
  for (const size of [1, 2, 5, 100]) assert.equal(await all(readJsonLines(inPieces(text, size))), rows);
});

test("names the line that is no object", async () => {
  assert.is(await failure(readJsonLines('{"x": 1}\n[2]')), 'line 2: expected an object of JSON, got "[2]"');
  assert.match(await failure(readJsonLines('{"x": 1}\n\n{"x"')), /^line 3: expected an object of JSON/);
});

test("reads CSV with quotes, commas and line ends in cells, however it is cut", async () => {
  const text = 'x, note\r\n1,"a, ""b""\nc"\r\n\n-2.5e1,\r\n';
  const rows = [
    { x: "1", note: 'a, "b"\nc' },
    { x: "-2.5e1", note: "" },
  ];
  assert.equal(await all(readCsv(text)), rows);
  for (const size of [1, 3, 7]) assert.equal(await all(readCsv(inPieces(text, size))), rows);
  assert.equal(await all(readCsv("x\n1")), [{ x: "1" }]);
});

test("refuses rows of another length and open quotes", async () => {
  assert.is(await failure(readCsv("x,y\n1,2\n3\n")), "row 3: expected 2 cells, got 1");
  assert.match(await failure(readCsv('x\n"open')), /^row: expected closed quotes/);
});

test("refuses what is no source", async () => {
  assert.is(await failure(readCsv(3 as never)), "source: expected a text, bytes, a Blob or a stream, got 3");
});

test.run();
