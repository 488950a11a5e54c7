import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadAgent } from "../../src/agent/agent.ts";
import { readSafetensors } from "../../src/core/safetensors.ts";
import { resume } from "../../src/loop/replay.ts";
import { train } from "../../src/loop/train.ts";
import { type Moment, momentOf, stamp } from "../../src/runs/checkpoint.ts";
import { noDiagnostics } from "../../src/runs/diagnostics.ts";
import { fileOfTexts } from "../helpers/files.ts";
import { messageOf } from "../helpers/folder.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

const moment: Moment = { steps: 30, episodes: 2, bytes: 900, chain: "c", trail: "t", sums: noDiagnostics() };

test("a stamped file tells its moment, and is still the agent's and the run's", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const run = train(agent, environment, { steps: 50 });
  for (let i = 0; i < 30; i++) await run.step();
  const saved = run.save();
  const file = stamp(saved, moment);
  assert.equal(momentOf(file), moment);
  assert.is((await loadAgent(file)).steps, 30);
  assert.is((await resume(file, environment)).steps, 30);
  const { log, ...others } = readSafetensors(file).tensors;
  assert.equal(others, readSafetensors(saved).tensors);
  assert.ok(log.length > 0);
});

test("says of a file without one, or with half of one, what was expected", async () => {
  const stamped = (log: string) => fileOfTexts({ log });
  assert.is(
    await messageOf(() => momentOf(fileOfTexts({}))),
    "log: expected a place in the log, got an agent alone",
  );
  for (const part of [
    { episodes: -1 },
    { bytes: 1.5 },
    { chain: 7 },
    { trail: null },
    { sums: 1 },
    { sums: null },
    { sums: {} },
  ])
    assert.match(
      await messageOf(() => momentOf(stamped(JSON.stringify({ ...moment, ...part })))),
      /^log: expected a place in the log, got \{/,
    );
  for (const text of ["null", "{"])
    assert.is(
      await messageOf(() => momentOf(stamped(text))),
      `log: expected a place in the log, got ${text}`,
    );
});

test.run();
