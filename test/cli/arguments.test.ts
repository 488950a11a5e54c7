import { test } from "uvu";
import * as assert from "uvu/assert";
import { SEEDS, textOption, wholeNumber } from "../../src/cli/arguments.ts";
import { commandIn } from "../helpers/command.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

test("reads numbers and texts, and leaves out what was not given", () => {
  assert.is(wholeNumber({ seed: 7 }, "seed", SEEDS), 7);
  assert.is(textOption({ out: 12 }, "out"), "12");
  assert.is(wholeNumber({}, "seed", SEEDS), undefined);
  assert.is(textOption({}, "out"), undefined);
});

test("names the option, the range and the value of a wrong number", async () => {
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => wholeNumber({ seed: 1.5 }, "seed", SEEDS),
      "--seed: expected a whole number between 0 and 4294967295, got 1.5",
    ],
    [
      () => wholeNumber({ steps: "many" }, "steps", { minimum: 1 }),
      '--steps: expected a whole number ≥ 1, got "many"',
    ],
    [
      () => wholeNumber({ steps: [1, 2] }, "steps", { minimum: 1 }),
      "--steps: expected a whole number ≥ 1, got [1,2]",
    ],
    [() => textOption({ out: ["a", "b"] }, "out"), '--out: expected one value, got ["a","b"]'],
  ];
  for (const [work, message] of cases) assert.is(await messageOf(work), message);
});

test("a wrong command line is one sentence on stderr and a failure", () =>
  inFolder(async (folder) => {
    const cases = [
      [
        "fly",
        "command: expected one of train, evaluate, verify, inspect, compare, sweep, environments, plan, plot, bench, memory, got fly",
      ],
      [
        "--json",
        "command: expected one of train, evaluate, verify, inspect, compare, sweep, environments, plan, plot, bench, memory, got options alone",
      ],
      ["train", "train: expected <environment>, got none"],
      ["plot", "plot: expected <runs>, got none"],
      ["train walk nap", "train: expected 1 arguments, got 2: walk nap"],
      ["environments all", "environments: expected no arguments, got 1: all"],
      [
        "train walk --sed 1",
        "--sed: expected an option of train (--seed, --steps, --out, …), got an unknown one",
      ],
      [
        "environments --no-json",
        "--no-json: expected an option of environments (--json, --help, --version), got an unknown one",
      ],
      ["train walk --out= --seed 1", "arguments: expected words, got an empty one"],
      ["train walk --seed", "--seed: expected a value, got none"],
      ["train walk --seed -1", "--seed: expected a value, got none"],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await commandIn(folder, words);
      assert.equal([code, stdout, stderr], [1, "", `error: ${message}\n`]);
    }
  }));

test.run();
