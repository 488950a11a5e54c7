import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { answerOf, type Job, runJobs, secondsOf } from "../../../src/runs/jobs/pool.ts";

type Numbered = Job<number> & { readonly n: number };

const never = new AbortController().signal;
const echo = fileURLToPath(new URL("../../helpers/echo.ts", import.meta.url));

/** Runs jobs that last a moment each, and keeps what happened. */
async function history(jobs: readonly Numbered[], signal = never) {
  const events: string[] = [];
  await runJobs<number, Numbered>(jobs, {
    width: 2,
    signal,
    onBegin: ({ n }) => events.push(`+${n}`),
    onEnd: ({ n }, outcome) => events.push(outcome instanceof Error ? `${n}: ${outcome.message}` : `-${n}`),
  });
  return events;
}

function job(n: number, milliseconds: number, isAlone = false): Numbered {
  return { n, isAlone, run: (signal) => sleep(milliseconds, n, { signal }) };
}

test("runs two at a time, in order, then those alone one by one", async () => {
  const jobs = [job(1, 5, true), job(2, 20), job(3, 50), job(4, 90), job(5, 5, true)];
  assert.equal(await history(jobs), ["+2", "+3", "-2", "+4", "-3", "-4", "+1", "-1", "+5", "-5"]);
});

test("tells of a job that fails, and goes on", async () => {
  const failing: Numbered = { n: 1, isAlone: false, run: () => Promise.reject(new Error("fell over")) };
  assert.equal(await history([failing, job(2, 20), job(3, 40)]), [
    "+1",
    "+2",
    "1: fell over",
    "+3",
    "-2",
    "-3",
  ]);
});

test("a signal stops those that run, and begins no other", async () => {
  const controller = new AbortController();
  const jobs = [job(1, 10), job(2, 60_000), job(3, 60_000), job(4, 1), job(5, 1, true)];
  setTimeout(() => controller.abort(), 60);
  assert.equal(await history(jobs, controller.signal), ["+1", "+2", "-1", "+3"]);
});

test("a process answers with numbers, infinite ones too", async () => {
  const answer = await answerOf(echo, ["say"], never);
  assert.equal(answer, { words: ["say"], reached: Infinity });
});

for (const [word, pattern] of [
  ["throw", /^RangeError: expected another word$/],
  ["exit", /^ended with exit code 3$/],
] as const)
  test(`a process that ends without an answer (${word}) is an error`, async () => {
    try {
      await answerOf(echo, [word], never);
      assert.unreachable();
    } catch (error) {
      assert.match((error as Error).message, pattern);
    }
  });

test("times a command, and refuses one that fails", async () => {
  const seconds = await secondsOf(["-e", "setTimeout(() => {}, 100)"], never);
  assert.ok(seconds > 0.1 && seconds < 30, String(seconds));
  try {
    await secondsOf(["-e", "process.exit(2)"], never);
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, "ended with exit code 2");
  }
});

test.run();
