import { test } from "uvu";
import * as assert from "uvu/assert";
import { formatConfig, parseConfig, parseObject, type RunConfig } from "../../src/runs/config.ts";
import { messageOf } from "../helpers/folder.ts";

const config: RunConfig = {
  version: "1.2.3",
  task: "pendulum",
  seed: 4,
  steps: 2000,
  options: { seed: 4 },
  started: "2026-01-02T03:04:05.000Z",
};

test("reads back what it wrote", () => {
  assert.equal(parseConfig(formatConfig(config), "config.json"), config);
});

test("names the file, the field and the kind of what it got", async () => {
  for (const [fault, got] of [
    [undefined, "undefined"],
    [null, "null"],
    ["4", "string"],
  ] as const) {
    const text = JSON.stringify({ ...config, seed: fault });
    const message = await messageOf(() => parseConfig(text, "run/config.json"));
    assert.is(message, `run/config.json: seed: expected a number, got ${got}`);
  }
});

test("refuses numbers that count nothing, options that are no object, and an unknown build", async () => {
  for (const [change, message] of [
    [{ seed: -1 }, "seed: expected a whole number ≥ 0, got -1"],
    [{ steps: 0.5 }, "steps: expected a whole number ≥ 0, got 0.5"],
    [{ options: undefined }, "options: expected an object, got undefined"],
    [{ options: [] }, "options: expected an object, got an array"],
    [{ build: "slow" }, 'build: expected exact or fast, got "\\"slow\\""'],
  ] as const)
    assert.is(
      await messageOf(() => parseConfig(JSON.stringify({ ...config, ...change }), "c")),
      `c: ${message}`,
    );
});

test("shows the beginning of a text that is no JSON object", async () => {
  for (const [text, got] of [
    ["", "nothing"],
    ["[1]", '"[1]"'],
    ['{"version":', '"{\\"version\\":"'],
    ["x".repeat(50), `"${"x".repeat(40)}…"`],
  ])
    assert.is(await messageOf(() => parseObject(text, "here")), `here: expected a JSON object, got ${got}`);
});

test.run();
