import { test } from "uvu";
import * as assert from "uvu/assert";
import { readRequest } from "../../../studies/reproduce/request.ts";

const tables = {
  classic: { seeds: 10, tasks: ["cart", "cart, information off", "habit"], isDrawn: false },
  claims: { seeds: 5, tasks: ["fork"], isDrawn: true },
};
const defaults = { table: "classic", seeds: 10, isJson: false, plots: undefined, results: undefined };
const read = (...words: string[]) => readRequest(words, tables);

test("every task, and the table's own number of seeds, unless told otherwise", () => {
  assert.equal(read("classic"), { ...defaults, tasks: tables.classic.tasks });
  assert.equal(read("claims"), { ...defaults, table: "claims", seeds: 5, tasks: ["fork"] });
});

test("fewer seeds of some tasks, in the order of the table", () => {
  const words = ["--seeds", "3", "--only", "habit", "classic", "--json", "--only", "cart, information off"];
  assert.equal(read(...words), {
    ...defaults,
    seeds: 3,
    isJson: true,
    tasks: ["cart, information off", "habit"],
  });
});

test("a folder for the drawings of a table that has some", () => {
  assert.is(read("claims", "--plots", "docs/claims").plots, "docs/claims");
});

test("a folder for the figures of each seed", () => {
  assert.is(read("classic", "--results", "docs/results/classic").results, "docs/results/classic");
});

for (const [words, message] of [
  [[], "table: expected classic or claims, got none"],
  [["atari"], "table: expected classic or claims, got atari"],
  [["toString"], "table: expected classic or claims, got toString"],
  [["classic", "atari"], "table: expected classic or claims, got classic atari"],
  [["classic", "--only", "fly"], "--only: expected one of cart; cart, information off; habit, got fly"],
  [["classic", "--seeds", "0"], "--seeds: expected a whole number ≥ 1, got 0"],
  [["classic", "--plots", "docs"], "--plots: expected a table that is drawn, got classic"],
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
