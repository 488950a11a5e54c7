import { test } from "uvu";
import * as assert from "uvu/assert";
import { train } from "../../src/loop/train.ts";
import { stamp } from "../../src/runs/checkpoint.ts";
import type { RunConfig } from "../../src/runs/config.ts";
import { createJournal } from "../../src/runs/journal.ts";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import { type Claims, verifyRun } from "../../src/runs/verify.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

const config: RunConfig = { version: "1", task: "cartpole", seed: 1, steps: 120, options: {}, started: "" };

async function begin() {
  const { agent, environment } = await smallAgent("cartpole");
  const stop = new AbortController();
  const run = train(agent, environment, { steps: 120, signal: stop.signal });
  return { run, journal: createJournal(config), stop };
}

/** What a run claims after some steps: the episodes that are over, and an agent in the middle of another. */
async function claimsAfter(steps: number): Promise<Claims> {
  const { run, journal } = await begin();
  const episodes: LoggedEpisode[] = [];
  while (run.steps < steps) {
    const step = await run.step();
    if (step === undefined) break;
    journal.take(step);
    if (step.episodeReport) episodes.push(journal.end(step.episodeReport));
  }
  const moment = { ...journal.moment(), bytes: 7 };
  return { episodes, agent: { bytes: stamp(run.save(), moment), moment } };
}

test("an agent that is further than its log is trained up to where it is", async () => {
  const claims = await claimsAfter(75);
  const expected = { steps: 75, differs: undefined, isSameAgent: true, isStopped: false };
  assert.equal(await verifyRun(await begin(), claims), { ...expected, episodes: claims.episodes.length });
  const { episodes } = claims;
  const without = await verifyRun(await begin(), { episodes, agent: undefined });
  assert.equal([without.steps, without.isSameAgent], [episodes.at(-1)?.steps, undefined]);
});

test("ends at the first episode that differs", async () => {
  const { episodes } = await claimsAfter(110);
  assert.ok(episodes.length > 3);
  const wrong = { ...episodes[1], return: episodes[1].return + 1 };
  const verdict = await verifyRun(await begin(), {
    episodes: [episodes[0], wrong, ...episodes.slice(2)],
    agent: undefined,
  });
  assert.equal(verdict.differs, { logged: wrong, trained: episodes[1] });
  assert.equal([verdict.episodes, verdict.steps], [1, episodes[1].steps]);
});

test.run();
