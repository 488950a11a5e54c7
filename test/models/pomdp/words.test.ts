import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  isNumber,
  takeNumber,
  takeProbability,
  type Word,
  wordsOf,
} from "../../../src/models/pomdp/words.ts";

function all(text: string): readonly Word[] {
  const words = wordsOf(text);
  const list: Word[] = [];
  while (words.peek().text !== "") list.push(words.next());
  return list;
}

test("colons and stars stand alone; comments, spaces and a byte order mark are none", () => {
  const text = "\uFEFFT:a*:\t* : b-c # a comment: *\n1.5#x\n#\n\f\u00a0end";
  assert.equal(
    all(text).map(({ text: word }) => word),
    ["T", ":", "a", "*", ":", "*", ":", "b-c", "1.5", "end"],
  );
});

for (const [name, end] of [
  ["\\n", "\n"],
  ["\\r\\n", "\r\n"],
  ["\\r", "\r"],
])
  test(`lines end with ${name}`, () => {
    assert.equal(all(`a${end}# b${end}${end}c`), [
      { text: "a", line: 1 },
      { text: "c", line: 4 },
    ]);
  });

test("looks ahead without taking, and stays at the end", () => {
  const words = wordsOf("a b\nc");
  assert.equal(
    [words.peek(2), words.peek()].map(({ text }) => text),
    ["c", "a"],
  );
  assert.equal(
    [words.skip("b"), words.skip("a"), words.next().text, words.next().text],
    [false, true, "b", "c"],
  );
  for (let i = 0; i < 3; i++) assert.equal(words.next(), { text: "", line: 2 });
});

test("numbers are decimal, with or without an exponent", () => {
  for (const text of ["1", "+1", "-.5", "1.", "1e3", "1.5E-3", "007"]) assert.ok(isNumber(text), text);
  for (const text of ["", ".", "e3", "1e", "0x10", "NaN", "Infinity", "1,5", "--1"])
    assert.not.ok(isNumber(text), text);
});

test("what is no number, or outside its range, is named with its line", () => {
  assert.is(takeNumber(wordsOf("-2.5e1"), "a number"), -25);
  assert.throws(() => takeNumber(wordsOf("\n\nx"), "a reward"), /^line 3: expected a reward, got x$/);
  assert.throws(() => takeNumber(wordsOf("1e999"), "a reward"), /^line 1: expected a reward, got 1e999$/);
  assert.throws(
    () => takeNumber(wordsOf("\n"), "a reward"),
    /^line 2: expected a reward, got the end of the file$/,
  );
  assert.throws(
    () => takeProbability(wordsOf("1.2"), "a probability"),
    /^line 1: expected a probability in \[0, 1\], got 1.2$/,
  );
  assert.ok(Object.is(takeProbability(wordsOf("-0"), "a probability"), 0));
  const long = "x".repeat(90);
  assert.throws(() => takeNumber(wordsOf(long), "a reward"), /got x{37}…$/);
});

test.run();
