import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { complain, runTrials } from "../../../studies/reproduce/pool.ts";

/** What is written to stderr meanwhile. */
async function written<Answer>(work: () => Answer | Promise<Answer>): Promise<[Answer, string]> {
  const { write } = process.stderr;
  let text = "";
  process.stderr.write = (part: string | Uint8Array) => {
    text += part;
    return true;
  };
  try {
    return [await work(), text];
  } finally {
    process.stderr.write = write;
  }
}

test("answers are handed on, failures are counted and told", async () => {
  const answers: [number, number][] = [];
  const jobs = [1, 2, 3].map((seed) => ({
    task: "toy",
    seed,
    isAlone: false,
    run: async () => {
      if (seed === 2) throw new Error("it broke");
      return { value: 10 * seed };
    },
  }));
  const { signal } = new AbortController();
  const [failures, text] = await written(() =>
    runTrials<{ value: number }, (typeof jobs)[number]>(jobs, {
      width: 2,
      signal,
      onAnswer: ({ value }, { seed }) => answers.push([seed, value]),
    }),
  );
  assert.is(failures, 1);
  assert.equal(answers, [
    [1, 10],
    [3, 30],
  ]);
  assert.match(text, "toy, seed 2 failed: it broke\n");
  assert.match(text, "3 of 3 · ");
});

test("a complaint is one sentence, and exit code 1", async () => {
  const [code, text] = await written(() => complain(new Error("--seeds: expected one. Another sentence")));
  assert.equal([code, text], [1, "error: --seeds: expected one\n"]);
});

test("both commands refuse wrong words in a sentence", () => {
  const script = fileURLToPath(new URL("../../../studies/reproduce/run.ts", import.meta.url));
  const command = ["--import", import.meta.resolve("tsx"), script];
  for (const [words, message] of [
    [["classic", "--seeds", "0"], "error: --seeds: expected a whole number ≥ 1, got 0\n"],
    [["suite", "--options", "[]"], "error: --options: expected an object as JSON, got []\n"],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, [...command, ...words], { encoding: "utf8" });
    assert.equal([status, stderr], [1, message]);
  }
});

test.run();
