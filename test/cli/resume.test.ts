import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readConfig, readLog } from "../../src/runs/run.ts";
import { commandIn, processIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const MAIN = "../../src/cli/main.ts";
const command = (folder: string, words: string) => processIn(folder, MAIN, { words }).left;
const bytes = (path: string) => readFileSync(path);

/** Two runs that did the same: log and agent are equal to the byte. */
function assertSame(folder: string, one: string, other: string): void {
  for (const name of ["log.jsonl", "agent.safetensors"])
    assert.ok(
      bytes(`${folder}/${one}/${name}`).equals(bytes(`${folder}/${other}/${name}`)),
      `${other}/${name}`,
    );
}

for (const [task, options] of [
  ["pendulum", "--members 2 --candidates 8"],
  [
    "cartpole-position",
    "--warmup 60 --warmupUpdates 20 --candidates 8 --horizon 5 --hidden 16,16 --decoderHidden 16,16",
  ],
] as const)
  test(`${task}: split by processes with other threads, a run is the straight one to the byte`, () =>
    inFolder(async (folder) => {
      const words = options.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const train = `train ${task} --seed 3 ${words}`;
      // in the warm-up, at its end, after it; the last run is split twice
      const splits = [30, 100, 143, 171];
      const straight = command(folder, `${train} --steps 260 --out straight`);
      await Promise.all(splits.map((split) => command(folder, `${train} --steps ${split} --out at${split}`)));
      assert.is((await straight).code, 0);
      const twice = await command(folder, "train --resume at171 --steps 205 --threads 2");
      assert.equal(
        [twice.code, twice.stderr.split("\n")[0]],
        [0, `Going on with ${task} from step 171 to 205, seed 3, in at171`],
      );
      for (const [i, split] of splits.entries()) {
        const { code, stderr } = await command(
          folder,
          `train --resume at${split} --steps 260 --checkpoint 0 --threads ${1 + (i % 3)}`,
        );
        assert.is(code, 0, stderr);
        assertSame(folder, "straight", `at${split}`);
        assert.is(readConfig(`${folder}/at${split}`).steps, 260);
      }
    }));

test("goes on from the checkpoint before where the newest is damaged, and from the beginning where there is none", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 100 --out straight");
    await commandIn(folder, "train walk --steps 45 --checkpoint 0 --out a");
    writeFileSync(`${folder}/a/agent.safetensors`, "no agent");
    const first = await commandIn(folder, "train --resume a --steps 100");
    assert.is(first.code, 0);
    assert.match(
      first.stderr,
      /^warning: a\/agent\.safetensors: .+; the run goes on from the checkpoint before\nGoing on with walk from step 45 to 100, seed 1, in a\n/,
    );
    assertSame(folder, "straight", "a");

    await commandIn(folder, "train walk --steps 45 --out b");
    for (const name of ["agent.safetensors", "agent.previous.safetensors"])
      rmSync(`${folder}/b/${name}`, { force: true });
    const second = await commandIn(folder, "train --resume b --steps 100");
    assert.match(
      second.stderr,
      /^warning: b: no checkpoint yet; the run begins anew\nGoing on with walk from step 0 to 100, seed 1, in b\n/,
    );
    assertSame(folder, "straight", "b");
    assert.ok(!existsSync(`${folder}/b/lock.json`));
  }));

test("a run whose steps are all taken is shown again, and not changed", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 50 --out a");
    const before = ["log.jsonl", "agent.safetensors", "config.json"].map((name) =>
      bytes(`${folder}/a/${name}`),
    );
    const { code, stdout, stderr } = await commandIn(folder, "train --resume a --steps 50");
    assert.is(code, 0);
    assert.is(stderr, "Learned walk for 50 of 50 steps already, in a\n");
    assert.match(stdout, /learned from +2 episodes, 40 steps/);
    const after = ["log.jsonl", "agent.safetensors", "config.json"].map((name) =>
      bytes(`${folder}/a/${name}`),
    );
    assert.equal(after, before);
  }));

test("a Ctrl-C in the middle of an episode leaves a run that goes on in it", () =>
  inFolder(async (folder) => {
    const controller = new AbortController();
    const words = "train walk --steps 100 --json --out a";
    setTimeout(() => controller.abort(), 20);
    process.env.STEP_MILLISECONDS = "1";
    const { code } = await commandIn(folder, words, { signal: controller.signal });
    delete process.env.STEP_MILLISECONDS;
    assert.is(code, 130);
    await commandIn(folder, "train --resume a");
    assert.equal(
      readLog(`${folder}/a`).episodes.map(({ steps, length }) => [steps, length]),
      [20, 40, 60, 80, 100].map((steps) => [steps, 20]),
    );
  }));

test("says in a sentence what it cannot go on with", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 50 --out a");
    await commandIn(folder, "train walk --steps 50 --out damaged");
    const nothing = `${folder}/damaged`;
    rmSync(`${nothing}/agent.previous.safetensors`, { force: true });
    writeFileSync(`${nothing}/agent.safetensors`, "");
    await commandIn(folder, "train walk --steps 50 --out held");
    writeFileSync(
      `${folder}/held/lock.json`,
      JSON.stringify({ pid: 7, host: "elsewhere", began: "", since: "2026-01-02T03:04:05.000Z" }),
    );
    await commandIn(folder, "train walk --steps 50 --out fast");
    const config = `${folder}/fast/config.json`;
    writeFileSync(config, readFileSync(config, "utf8").replace('"exact"', '"fast"'));
    const cases: readonly (readonly [string, RegExp])[] = [
      ["train --resume no", /^error: no: expected a run folder, got nothing\n$/],
      ["train nap --resume a", /^error: train: expected the run's environment, walk, got nap\n$/],
      [
        "train --resume a --seed 3",
        /^error: --seed: expected none beside --resume, since it is the run's own, got one\n$/,
      ],
      ["train --resume a --fast", /^error: --fast: expected none beside --resume/],
      ["train --resume a --horizon 3", /^error: --horizon: expected none beside --resume/],
      ["train --resume damaged --steps 90", /^error: damaged\/agent\.safetensors: .+\n$/],
      [
        "train --resume held",
        /^error: held\/lock\.json: expected a folder that nobody writes to, got one held by process 7 on elsewhere since 2026-01-02T03:04:05.000Z; wait for it, or end it\n$/,
      ],
      [
        "train --resume fast",
        /^error: fast\/config\.json: build: expected an engine that takes the fast kernels it was trained on \(Node 22 or later\), got another\n$/,
      ],
      ["train walk --checkpoint x", /^error: --checkpoint: expected a number between 0 and 3600, got "x"\n$/],
      ["train walk --threads 65", /^error: --threads: expected a whole number between 1 and 64, got 65\n$/],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await commandIn(folder, words);
      assert.equal([code, stdout], [1, ""], words);
      assert.match(stderr, message);
    }
    assert.ok(!existsSync(`${folder}/a/lock.json`));
  }));

test.run();
