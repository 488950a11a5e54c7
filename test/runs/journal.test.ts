import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Environment } from "../../src/environments/environment.ts";
import { train } from "../../src/loop/train.ts";
import type { RunConfig } from "../../src/runs/config.ts";
import { createJournal, type Journal } from "../../src/runs/journal.ts";
import { watched } from "../../src/runs/keep.ts";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import { isSame, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const config: RunConfig = { version: "1", task: "walk", seed: 1, steps: 10, options: {}, started: "" };
const STEPS = 150;

/** The lines of a run, and its agent's file. @param swap makes the journal another one after each step */
async function linesOf(
  make: () => Promise<Awaited<ReturnType<typeof smallAgent>>>,
  { isRead = true, swap = (journal: Journal) => journal } = {},
) {
  const { agent, environment } = await make();
  let journal = createJournal(config);
  const world: Environment = isRead
    ? watched(environment, { acted: () => journal.see(agent), answered() {} })
    : environment;
  const run = train(agent, world, { steps: STEPS });
  const lines: LoggedEpisode[] = [];
  for (let step = await run.step(); step !== undefined; step = await run.step()) {
    journal.take(step);
    const { episodeReport, terminated, truncated } = step;
    if (episodeReport !== undefined)
      lines.push(terminated || truncated ? journal.end(episodeReport) : journal.cut(episodeReport));
    journal = swap(journal);
  }
  return { lines, file: agent.save() };
}

for (const [name, make] of [
  ["observed", () => smallAgent("cartpole")],
  ["observed, boxes", () => smallAgent("pendulum")],
  ["latent", () => latentAgent("cartpole", { usesValue: true })],
] as const)
  test(`${name}: reading plans changes no bit, and a journal goes on from any of its moments`, async () => {
    const read = await linesOf(make);
    const unread = await linesOf(make, { isRead: false });
    assert.ok(isSame(read.file, unread.file));
    assert.equal(
      read.lines.map(({ chain }) => chain),
      unread.lines.map(({ chain }) => chain),
    );
    const swapped = await linesOf(make, {
      swap: (journal) => createJournal(config, JSON.parse(JSON.stringify({ ...journal.moment(), bytes: 0 }))),
    });
    assert.equal(swapped.lines, read.lines);
    const planned = read.lines.filter(({ plans }) => (plans?.planned ?? 0) > 0);
    assert.ok(planned.length > 0);
    for (const { plans, length } of planned) {
      const { habitAgreement = -1, scoreSpread = -1, effectiveSampleSize = -1, planned = 0 } = plans ?? {};
      assert.ok(planned <= length);
      assert.ok(habitAgreement >= 0 && habitAgreement <= 1, `${habitAgreement}`);
      assert.ok(scoreSpread > 0, `${scoreSpread}`);
      assert.ok(effectiveSampleSize >= 1 && effectiveSampleSize <= 16, `${effectiveSampleSize}`);
      assert.is(Number.isNaN(plans?.beliefSampleSize), name !== "latent");
    }
  });

test("what ends differently has another chain from there on", async () => {
  const [one, other] = [
    await linesOf(() => smallAgent("cartpole")),
    await linesOf(() => smallAgent("cartpole", { seed: 2 })),
  ];
  assert.is.not(one.lines[0].chain, other.lines[0].chain);
});

test("leaves findings out of its lines: a resumed run, which has watched less, writes the same ones", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  const report = await train(agent, environment, { steps: 1 }).step();
  assert.ok(report?.episodeReport);
  const findings = [{ code: "no-reward", evidence: "Each was 0.", suggestion: "Pay." }] as const;
  const [found, plain] = [{ ...report.episodeReport, findings }, report.episodeReport].map((one) =>
    createJournal(config).end(one),
  );
  assert.equal(found, plain);
});

test.run();
