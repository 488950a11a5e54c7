import { test } from "uvu";
import * as assert from "uvu/assert";
import type { RunConfig } from "../../src/runs/config.ts";
import { createJournal } from "../../src/runs/journal.ts";
import { type KeepOptions, keepRun, watched } from "../../src/runs/keep.ts";
import { TakenError } from "../../src/runs/lock.ts";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import type { Checkpoint, RunWriter } from "../../src/runs/run.ts";
import { createStopwatch } from "../../src/runs/stopwatch.ts";
import { messageOf } from "../helpers/folder.ts";
import { standIn } from "../helpers/standIn.ts";

const config: RunConfig = { version: "1", task: "walk", seed: 1, steps: 100, options: {}, started: "" };

/** A training of the stand-in, of 20 steps an episode and a warm-up of 30, a second a step; `fail` may refuse a checkpoint. */
async function keep(
  steps: number,
  options: Partial<KeepOptions> = {},
  { fail = () => {}, failAt = Infinity }: { fail?: (tries: number) => void; failAt?: number } = {},
) {
  const environment = await standIn.createEnvironment("walk");
  const agent = await standIn.createAgent(environment);
  const stop = new AbortController();
  const made = standIn.train(agent, environment, { steps, signal: stop.signal });
  const run = Object.defineProperties(Object.create(made), {
    step: {
      value: async () => {
        if (made.steps === failAt) throw new Error("the power failed");
        return made.step();
      },
    },
  });
  const kept: { readonly at: number; readonly lines: number; readonly open: boolean }[] = [];
  const told: LoggedEpisode[] = [];
  const warnings: string[] = [];
  let [tries, beats, waited] = [0, 0, 0];
  const writer: RunWriter = {
    folder: "run",
    keep({ lines, open, moment }: Checkpoint) {
      fail(++tries);
      kept.push({ at: made.steps, lines: lines.length, open: open !== undefined });
      assert.is(
        moment.episodes,
        kept.reduce((sum, { lines }) => sum + lines, 0),
      );
    },
    addTimings() {
      throw new Error("times are no loss");
    },
    beat: () => void beats++,
    close() {},
  };
  const message = await messageOf(() =>
    keepRun(
      { run, stop, journal: createJournal(config), writer, stopwatch: createStopwatch() },
      {
        interval: 1e9,
        isKept: false,
        onEpisode: (line) => told.push(line),
        warn: (sentence) => warnings.push(sentence),
        now: () => 1000 * made.steps,
        wait: async (milliseconds) => {
          waited += milliseconds;
        },
        ...options,
      },
    ),
  );
  return { kept, told, warnings, message, tries, beats, waited, steps: made.steps };
}

test("keeps a run when its warm-up ends, then at the interval inside episodes and a third of it at their ends, and at the end", async () => {
  const { kept, told, message } = await keep(100);
  assert.equal(kept, [
    { at: 30, lines: 1, open: false },
    { at: 100, lines: 4, open: false },
  ]);
  assert.is(message, "");
  assert.equal(
    told.map(({ steps }) => steps),
    [20, 40, 60, 80, 100],
  );
  const often = await keep(70, { interval: 12_000 });
  assert.equal(
    often.kept.map(({ at }) => at),
    // the interval; an end of an episode; the warm-up is no cause of its own where one was just kept
    [12, 20, 32, 40, 52, 60, 70],
  );
  const resumed = await keep(50, { isKept: true });
  assert.equal(resumed.kept, [{ at: 50, lines: 2, open: true }]);
});

test("a checkpoint that cannot be written is told of once, tried again, and told of when it is written", async () => {
  const fail = (tries: number) => {
    if (tries < 4) throw new Error("run/log.jsonl: expected to write it, got a full disk");
  };
  const { kept, warnings, message, steps } = await keep(100, {}, { fail });
  assert.equal([message, steps], ["", 100]);
  // every five seconds
  assert.equal(kept, [
    { at: 45, lines: 2, open: false },
    { at: 100, lines: 3, open: false },
  ]);
  assert.equal(warnings, [
    "run/log.jsonl: expected to write it, got a full disk; the training goes on, and tries again",
    "run: written again",
  ]);
});

test("the last checkpoint is tried five times; then the training ends with the reason", async () => {
  const fail = (tries: number) => {
    if (tries > 1) throw new Error(`full ${tries}`);
  };
  const { kept, message, tries, waited } = await keep(50, {}, { fail });
  assert.equal(
    kept.map(({ at }) => at),
    [30],
  );
  assert.equal([message, tries, waited], ["full 6", 6, 2000]);
});

test("where the run throws, the episode is told of as it broke off, and all is kept", async () => {
  const { kept, told, message } = await keep(100, {}, { failAt: 47 });
  assert.is(message, "the power failed");
  assert.equal(kept.at(-1), { at: 47, lines: 2, open: false });
  assert.equal([told.at(-1)?.steps, told.at(-1)?.truncated], [47, true]);
  const both = await keep(
    100,
    {},
    {
      failAt: 20,
      fail: () => {
        throw new Error("full");
      },
    },
  );
  assert.equal([both.message, both.warnings], ["the power failed", ["full"]]);
});

test("another writer ends the training at once", async () => {
  const fail = () => {
    throw new TakenError("held by another");
  };
  const { message, steps, tries } = await keep(100, {}, { fail });
  assert.equal([message, steps, tries], ["held by another", 30, 1]);
});

test("tells other hosts every minute that it lives", async () => {
  assert.is((await keep(200)).beats, 3);
});

test("a watched environment is the same but for what it tells", async () => {
  const calls: string[] = [];
  const inner = {
    ...(await standIn.createEnvironment("walk")),
    save: () => 7,
    load() {},
  };
  const world = watched(inner, { acted: () => calls.push("acted"), answered: () => calls.push("answered") });
  assert.equal([world.save?.(), world.load], [7, inner.load]);
  assert.equal(await world.step(0), await inner.step(0));
  assert.equal(calls, ["acted", "answered"]);
});

test.run();
