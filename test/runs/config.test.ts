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
