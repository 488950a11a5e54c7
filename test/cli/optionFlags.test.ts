import { cac } from "cac";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OPTIONS, type Options } from "../../src/agent/options.ts";
import { addOptionFlags, optionsFrom } from "../../src/cli/optionFlags.ts";
import { servedOf } from "../../src/core/options.ts";

/** The options in a command line, as cac parses it. */
function parsed(words: string, model?: "observed" | "latent"): Options {
  const cli = cac("x");
  const command = cli.command("train <environment>", "");
  addOptionFlags(command);
  command.action(() => {});
  const { options } = cli.parse(["", "", "train", "walk", ...words.split(" ")], { run: false });
  return optionsFrom(options, model);
}

test("every option of an agent is a flag with its documentation and default, but for the seed", () => {
  const command = cac("x").command("train <environment>", "");
  addOptionFlags(command);
  const names = Object.entries(OPTIONS).filter(([, row]) => servedOf(row, ["observed", "latent"]).length > 0);
  assert.equal(
    command.options.map(({ name }) => name).sort(),
    names
      .map(([name]) => name)
      .filter((name) => name !== "seed")
      .sort(),
  );
  for (const { name, description } of command.options)
    assert.match(description, /^.{8,}\(default: .+\)$/, name);
  const help = new Map(command.options.map(({ rawName, description }) => [rawName, description]));
  assert.is(help.get("--horizon <n>"), "H, steps that are simulated (default: observed 25, latent 20)");
  assert.is(help.get("--search <sequences|smc>")?.endsWith("(default: sequences, latent agents only)"), true);
  assert.ok(help.has("--observation-noise <x|auto|change|learned>"));
  assert.ok(help.has("--uses-value <true|false>"));
  assert.ok(help.has("--hidden <n,n,…>"));
});

test("reads numbers, switches, choices, lists and words that stand for numbers", () => {
  assert.equal(
    parsed("--horizon 5 --temperature 1e-3 --uses-value false --exploration greedy --hidden 8,16"),
    { horizon: 5, temperature: 1e-3, usesValue: false, exploration: "greedy", hidden: [8, 16] },
  );
  assert.equal(parsed("--hidden 8 --observation-noise learned --chunk 8", "latent"), {
    hidden: [8],
    observationNoise: "learned",
    chunk: 8,
  });
  assert.equal(parsed("--model latent --observation-noise 0.1"), { model: "latent", observationNoise: 0.1 });
});

test("names the flag of a wrong value; what serves the other kind of agent is left to the agent to refuse", () => {
  for (const [words, message] of [
    ["--horizon 0", "RangeError: --horizon: expected a whole number in [1, 1000], got 0"],
    ["--horizon many", 'TypeError: --horizon: expected a whole number in [1, 1000], got "many"'],
    ["--horizon 1 --horizon 2", "TypeError: --horizon: expected a whole number in [1, 1000], got [1, 2]"],
    ["--uses-value no", 'TypeError: --uses-value: expected true or false, got "no"'],
    ["--hidden 8,x", "RangeError: --hidden: expected up to 4 whole numbers in [1, 1024], got [8, NaN]"],
    ["--hidden 8,", "TypeError: --hidden: expected up to 4 whole numbers in [1, 1024], got [8, ]"],
    ["--members 17 --model latent", "RangeError: --members: expected a whole number in [1, 16], got 17"],
    ["--model blind", 'RangeError: --model: expected one of observed, latent, got "blind"'],
  ])
    assert.throws(
      () => parsed(words),
      (error: Error) => String(error) === message,
      words,
    );
  assert.equal(parsed("--chunk 8"), { chunk: 8 } as Options);
});

test.run();
