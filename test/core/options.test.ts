/** The kinds of rows, what they take, and settings from them. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  checked,
  choice,
  flag,
  type Given,
  inWords,
  type Resolved,
  rangeOf,
  real,
  reals,
  servedOf,
  whole,
  widths,
} from "../../src/core/options.ts";
import { type Rule, resolve } from "../../src/core/resolve.ts";

const TABLE = {
  /** H. */
  steps: whole({ cat: 12, dog: 20 }, { from: 1, to: { cat: 100, dog: 1000 } }),
  lanes: whole(32, { from: 4, to: 64, multipleOf: 4, serves: ["cat", "dog"] }),
  reach: whole("auto", { from: 1, to: 10, words: ["auto"], serves: ["dog"] }),
  noise: real(0.05, { from: 1e-4, to: 2, words: ["learned"], serves: ["cat", "dog"] }),
  sees: flag({ cat: true, dog: false }, {}),
  gait: choice("walk", { cat: ["walk", "jump"], dog: ["walk", "run"] }, { serves: ["cat", "dog"] }),
  hidden: widths([64, 64], { serves: ["cat", "dog"] }),
  prior: reals([], { from: 0, to: 1, most: 3, serves: ["cat"] }),
  weight: real(0, { from: 0, to: 8 }),
};

interface Weighed {
  readonly weight: number;
  readonly sees: boolean;
}

const RULES: readonly Rule<Weighed>[] = [
  { option: "weight", unless: "sees is true", isRead: ({ sees }) => sees },
  { option: "lanes", off: 8, serves: ["dog"], unless: "weight is 0", isRead: ({ weight }) => weight === 0 },
];

const cat = (given: object) => resolve(TABLE, given, { serves: "cat", rules: RULES });
const dog = (given: object) => resolve(TABLE, given, { serves: "dog", rules: RULES });
const refusal = (work: () => unknown) => {
  try {
    work();
    return "none";
  } catch (error) {
    return String(error);
  }
};

test("fills in the defaults of a subject, and leaves out what does not serve it", () => {
  assert.equal(cat({}), {
    ...{
      steps: 12,
      lanes: 32,
      noise: 0.05,
      sees: true,
      gait: "walk",
      hidden: [64, 64],
      prior: [],
      weight: 0,
    },
  });
  assert.equal(dog({ steps: undefined, prior: undefined, gait: "run" }), {
    ...{ steps: 20, lanes: 32, reach: "auto", noise: 0.05, sees: false, gait: "run", hidden: [64, 64] },
    weight: 0,
  });
});

test("settings stand in the order of their names", () => {
  const names = Object.keys(cat({ weight: 1, hidden: [1] }));
  assert.equal(names, [...names].sort());
});

test("the types of options and settings follow from the rows", () => {
  const given: Given<typeof TABLE, "cat"> = { steps: 3, noise: "learned", gait: "jump", hidden: [8] };
  const settings: Resolved<typeof TABLE, "cat"> = cat(given);
  const { steps, sees, prior }: { steps: number; sees: boolean; prior: readonly number[] } = settings;
  assert.equal([steps, sees, prior], [3, true, []]);
  // @ts-expect-error a row that does not serve the subject
  const other: Given<typeof TABLE, "dog"> = { prior: [0.5] };
  // @ts-expect-error a word that the row does not know
  const word: Given<typeof TABLE, "dog"> = { reach: "far" };
  // @ts-expect-error what both know is missing from nobody's settings
  const lacking: Resolved<typeof TABLE, "dog"> = { steps: 1 };
  assert.ok(other && word && lacking);
});

for (const [given, message] of [
  [{ step: 1 }, "TypeError: options: expected known names, got step"],
  [{ reach: 1 }, 'TypeError: options: expected those that serve "cat", got reach, which serves "dog"'],
  [{ steps: 101 }, "RangeError: steps: expected a whole number in [1, 100], got 101"],
  [{ steps: 1.5 }, "RangeError: steps: expected a whole number in [1, 100], got 1.5"],
  [{ steps: Number.NaN }, "RangeError: steps: expected a whole number in [1, 100], got NaN"],
  [{ steps: "5" }, 'TypeError: steps: expected a whole number in [1, 100], got "5"'],
  [{ steps: null }, "TypeError: steps: expected a whole number in [1, 100], got null"],
  [{ steps: [5] }, "TypeError: steps: expected a whole number in [1, 100], got [5]"],
  [{ steps: {} }, "TypeError: steps: expected a whole number in [1, 100], got an object"],
  [{ lanes: 6 }, "RangeError: lanes: expected a multiple of 4 in [4, 64], got 6"],
  [{ noise: "loud" }, 'RangeError: noise: expected a number in [0.0001, 2] or learned, got "loud"'],
  [{ noise: 3 }, "RangeError: noise: expected a number in [0.0001, 2] or learned, got 3"],
  [{ noise: true }, "TypeError: noise: expected a number in [0.0001, 2] or learned, got true"],
  [{ sees: 1 }, "TypeError: sees: expected true or false, got 1"],
  [{ gait: "run" }, 'RangeError: gait: expected one of walk, jump, got "run"'],
  [{ gait: 1 }, "RangeError: gait: expected one of walk, jump, got 1"],
  [{ hidden: 64 }, "TypeError: hidden: expected up to 4 whole numbers in [1, 1024], got 64"],
  [{ hidden: [1, 0.5] }, "RangeError: hidden: expected up to 4 whole numbers in [1, 1024], got [1, 0.5]"],
  [
    { hidden: [1, 1, 1, 1, 1] },
    "RangeError: hidden: expected up to 4 whole numbers in [1, 1024], got [1, 1, 1, 1, 1]",
  ],
  [{ prior: [0.5, "x"] }, "TypeError: prior: expected up to 3 numbers in [0, 1], got [0.5, x]"],
  [{ sees: false, weight: 1 }, "RangeError: weight: expected 0 unless sees is true, got 1"],
] as const)
  test(`refuses ${JSON.stringify(given)}`, () => {
    assert.is(
      refusal(() => cat(given)),
      message,
    );
  });

test("a rule holds for the subjects that it serves, and spares the value that needs nothing", () => {
  assert.is(
    refusal(() => cat({ weight: 1, lanes: 4 })),
    "none",
  );
  assert.is(
    refusal(() => dog({ lanes: 4 })),
    "none",
  );
  assert.is(
    refusal(() => resolve(TABLE, { weight: 1, lanes: 4 }, { serves: "dog", rules: RULES.slice(1) })),
    "RangeError: lanes: expected 8 unless weight is 0, got 4",
  );
  const settings = resolve(TABLE, { weight: 1, lanes: 8 }, { serves: "dog", rules: RULES.slice(1) });
  assert.is(settings.lanes, 8);
});

test("rules see facts beside the settings", () => {
  const rules: readonly Rule<{ readonly isDark: boolean }>[] = [
    { option: "noise", unless: "it is dark", isRead: ({ isDark }) => isDark },
  ];
  const given = { noise: 1 };
  assert.is(resolve(TABLE, given, { serves: "cat", rules, facts: { isDark: true } }).noise, 1);
  assert.is(
    refusal(() => resolve(TABLE, given, { serves: "cat", rules, facts: { isDark: false } })),
    "RangeError: noise: expected 0.05 unless it is dark, got 1",
  );
});

test("says in words what a row takes, and what differs between subjects", () => {
  assert.is(rangeOf(TABLE.lanes, "cat"), "a multiple of 4 in [4, 64]");
  assert.is(rangeOf(TABLE.prior, "cat"), "up to 3 numbers in [0, 1]");
  assert.equal(servedOf(TABLE.prior, ["cat", "dog"]), ["cat"]);
  const sizes: Readonly<Record<string, string>> = { cat: "small", dog: "large", cow: "large" };
  assert.is(
    inWords(["cat", "dog", "cow"], (animal) => sizes[animal]),
    "cat small, dog and cow large",
  );
  assert.is(
    inWords(["dog", "cow"], (animal) => sizes[animal]),
    "large",
  );
});

/** Values of every kind, most of them near what some row takes. */
const anything = fc.oneof(
  fc.integer({ min: -2, max: 1100 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom("auto", "learned", "walk", "jump", "run", ""),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 1100 }), fc.double({ min: 0, max: 1 })), { maxLength: 5 }),
  fc.constantFrom(undefined, null, {}, Number.NaN, 1e39),
);

/** Values that most rows take, and now and then one that none does. */
const LIKELY: Readonly<Record<keyof typeof TABLE, fc.Arbitrary<unknown>>> = {
  steps: fc.integer({ min: 0, max: 105 }),
  lanes: fc.integer({ min: 1, max: 17 }).map((n) => 4 * n),
  reach: fc.constantFrom("auto", 3),
  noise: fc.oneof(fc.double({ min: 0, max: 2.01, noNaN: true }), fc.constant("learned")),
  sees: fc.boolean(),
  gait: fc.constantFrom("walk", "walk", "jump", "run"),
  hidden: fc.array(fc.integer({ min: 1, max: 1024 }), { maxLength: 4 }),
  prior: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  weight: fc.constantFrom(0, 0, 1),
};
const options = fc.record(
  Object.fromEntries(
    Object.entries(LIKELY).map(([name, likely]) => [
      name,
      fc.oneof({ arbitrary: likely, weight: 30 }, { arbitrary: anything, weight: 1 }),
    ]),
  ),
  { requiredKeys: [] },
);

test("settings are settled: resolved again they stay the same, and each lies in its row's range", () => {
  let settled = 0;
  fc.assert(
    fc.property(options, fc.constantFrom("cat", "dog"), (given, serves) => {
      const name = refusal(() => resolve(TABLE, given, { serves, rules: RULES }));
      if (name !== "none") return;
      const settings = resolve(TABLE, given, { serves, rules: RULES });
      assert.equal(resolve(TABLE, settings, { serves, rules: RULES }), settings);
      for (const [option, row] of Object.entries(TABLE))
        if (servedOf(row, [serves]).length > 0) checked(option, row, Object(settings)[option], serves);
      settled++;
    }),
    { numRuns: 3000, seed: 1 },
  );
  assert.ok(settled > 100 && settled < 2900, `${settled} were taken`);
});

test("one option alone is taken exactly where it lies in its range", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TABLE)), anything, (name, value) => {
      const row = new Map<string, (typeof TABLE)["steps"]>(Object.entries(TABLE) as never).get(name);
      if (row === undefined || servedOf(row, ["cat"]).length === 0 || value === undefined) return;
      const isRight = refusal(() => checked(name, row, value, "cat")) === "none";
      const isTaken = refusal(() => resolve(TABLE, { [name]: value }, { serves: "cat" })) === "none";
      assert.is(isTaken, isRight);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test.run();
