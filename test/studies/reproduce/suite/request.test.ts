import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSuiteRequest, SCREEN } from "../../../../studies/reproduce/suite/request.ts";
import { worlds } from "../../../../studies/worlds/index.ts";

const known = ["cart", "grid", "two modes"];
const read = (...words: string[]) => readSuiteRequest(words, known);

test("the whole suite with default options, unless told otherwise", () => {
  assert.equal(read(), {
    worlds: known,
    seeds: 10,
    steps: [500, 1000, 2000, 4000],
    episodes: 4,
    options: {},
    workers: undefined,
    isJson: false,
    isPublished: false,
    compare: undefined,
  });
});

test("worlds in the order of the suite, steps rising, options as JSON", () => {
  const words = ["--only", "two modes", "--only", "cart", "--steps", "80,20,80", "--seeds", "3"];
  const request = read(...words, "--options", '{"members":2}', "--episodes", "1", "--workers", "2", "--json");
  assert.equal(request, {
    worlds: ["cart", "two modes"],
    seeds: 3,
    steps: [20, 80],
    episodes: 1,
    options: { members: 2 },
    workers: 2,
    isJson: true,
    isPublished: false,
    compare: undefined,
  });
});

test("a screening is a part of the suite, of which more can be asked", () => {
  const names = worlds.map(({ name }) => name);
  const { worlds: screened, seeds, steps } = readSuiteRequest(["--screen"], names);
  assert.equal([...screened].sort(), [...SCREEN.worlds].sort());
  assert.equal([seeds, steps], [4, [500, 1000]]);
  assert.is(readSuiteRequest(["--screen", "--seeds", "6"], names).seeds, 6);
});

test("two results to compare", () => {
  const sides = ["HEAD~1", "HEAD"];
  assert.equal(read("--compare", ...sides, "--seeds", "5").compare, {
    sides,
    seeds: 5,
    steps: undefined,
    episodes: undefined,
  });
  assert.equal(read("--compare", ...sides, "--screen", "--only", "cart").compare?.steps, [500, 1000]);
});

for (const [words, message] of [
  [["--only", "fly"], "--only: expected one of cart; grid; two modes, got fly"],
  [["--seeds", "0"], "--seeds: expected a whole number ≥ 1, got 0"],
  [["--steps", "500,many"], "--steps: expected a whole number ≥ 1, got many"],
  [["--episodes", "21"], "--episodes: expected a whole number from 1 to 20, got 21"],
  [["--workers", ".5"], "--workers: expected a whole number ≥ 1, got .5"],
  [["--options", "members"], "--options: expected an object as JSON, got members"],
  [["--options", "null"], "--options: expected an object as JSON, got null"],
  [["--compare", "HEAD"], "--compare: expected two results, got HEAD"],
  [["--compare", "a", "b", "c"], "--compare: expected two results, got a b c"],
  [["cart"], "--compare: expected two results, got cart"],
] as const)
  test(`refuses "${words.join(" ")}" in a sentence`, () => {
    assert.throws(
      () => read(...words),
      (error: Error) => error instanceof RangeError && error.message === message,
    );
  });

test.run();
