import { test } from "uvu";
import * as assert from "uvu/assert";
import { readWishes } from "../../bench/reproduce/wishes.ts";

const tables = { classic: ["cart", "cart, information off", "habit"] };
const read = (...words: string[]) => readWishes(words, tables);

test("ten seeds of every task unless told otherwise", () => {
  assert.equal(read("classic"), { seeds: 10, isJson: false, tasks: tables.classic });
});

test("fewer seeds of some tasks, in the order of the table", () => {
  const words = ["--seeds", "3", "--only", "habit", "classic", "--json", "--only", "cart, information off"];
  assert.equal(read(...words), { seeds: 3, isJson: true, tasks: ["cart, information off", "habit"] });
});

for (const [words, message] of [
  [[], "table: expected classic, got none"],
  [["atari"], "table: expected classic, got atari"],
  [["toString"], "table: expected classic, got toString"],
  [["classic", "atari"], "table: expected classic, got classic atari"],
  [["classic", "--only", "fly"], "--only: expected one of cart; cart, information off; habit, got fly"],
  [["classic", "--seeds", "0"], "--seeds: expected a whole number ≥ 1, got 0"],
  [["classic", "--seeds", "two"], "--seeds: expected a whole number ≥ 1, got two"],
] as const)
  test(`refuses "${words.join(" ")}" in a sentence`, () => {
    assert.throws(
      () => read(...words),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

test("refuses an unknown option", () => {
  assert.throws(() => read("classic", "--seed", "1"), /Unknown option '--seed'/);
});

test.run();
