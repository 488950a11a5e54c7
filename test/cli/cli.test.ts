import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { run } from "../../src/cli/cli.ts";
import { commandIn, recorder } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";
import { standIn } from "../helpers/standIn.ts";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** What a command prints; cac prints help and version by console.info. */
function printed(words: string) {
  return inFolder(async (folder) => {
    const { info } = console;
    const lines: unknown[] = [];
    console.info = (line) => lines.push(line);
    try {
      return { ...(await commandIn(folder, words)), text: lines.join("\n") };
    } finally {
      console.info = info;
    }
  });
}

test("--help names every command, --version the package's version", async () => {
  const help = await printed("--help");
  assert.is(help.code, 0);
  for (const command of ["train", "evaluate", "environments", "plot", "bench", "memory"])
    assert.match(help.text, `${command} `);
  const { code, text } = await printed("--version");
  assert.is(code, 0);
  assert.match(text, `generative-agent/${manifest.version} `);
});

test("without a word it shows its help", async () => {
  const { output, text } = recorder();
  const signal = new AbortController().signal;
  const context = { library: standIn, stdout: output, stderr: output, signal, program: "generative-agent" };
  const log = console.info;
  let shown = "";
  console.info = (line: string) => {
    shown += line;
  };
  try {
    assert.is(await run([], context), 0);
  } finally {
    console.info = log;
  }
  assert.match(shown + text(), /Commands:[\s\S]*train /);
});

test("an unknown command and an empty word are errors in a sentence", () =>
  inFolder(async (folder) => {
    for (const [words, message] of [
      ["tranin pendulum", /^error: .*tranin.*\n$/],
      ["train ", /^error: arguments: expected words, got an empty one\n$/],
      ["train pendulum --seed=", /^error: arguments: expected words, got an empty one\n$/],
    ] as const) {
      const { code, stdout, stderr } = await commandIn(folder, words);
      assert.equal([code, stdout], [1, ""]);
      assert.match(stderr, message);
    }
  }));

test.run();
