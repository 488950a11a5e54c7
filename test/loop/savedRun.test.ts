import { test } from "uvu";
import * as assert from "uvu/assert";
import { readSafetensors } from "../../src/core/safetensors.ts";
import { createEnvironment, FileError, resume, train } from "../../src/index.ts";
import { decodePlain, encodePlain } from "../../src/loop/plain.ts";
import type { SavedRun } from "../../src/loop/savedRun.ts";
import { edited } from "../helpers/files.ts";
import { later } from "../helpers/later.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

// biome-ignore lint/suspicious/noExplicitAny: a run, to be spoilt
type Spoilt = any;

async function savedRun(isCopied: boolean): Promise<Uint8Array> {
  const { agent, environment } = await smallAgent("cartpole");
  const run = train(agent, isCopied ? environment : later(environment), { steps: 100, seed: 3 });
  for (let i = 0; i < 7; i++) await run.step();
  return run.save();
}

const saved = { copied: await savedRun(true), replayed: await savedRun(false) };

async function messageOf(kind: keyof typeof saved, change: (run: Spoilt) => unknown): Promise<string> {
  const text = new TextDecoder().decode(readSafetensors(saved[kind]).tensors.run);
  const run = decodePlain(text) as SavedRun;
  change(run);
  const bytes = edited(saved[kind], { texts: { run: encodePlain("run", run) } });
  const environment = await createEnvironment("cartpole");
  try {
    await resume(bytes, kind === "copied" ? environment : later(environment));
  } catch (error) {
    assert.instance(error, FileError);
    return (error as Error).message;
  }
  return "taken";
}

test("a run as it was saved is taken", async () => {
  assert.is(await messageOf("copied", () => {}), "taken");
  assert.is(await messageOf("replayed", () => {}), "taken");
});

for (const [what, change, expected] of [
  [
    "steps",
    (run: Spoilt) => (run.settings.steps = -1),
    "run.settings.steps: expected a whole number in [0, 9007199254740991], got -1",
  ],
  [
    "seed",
    (run: Spoilt) => (run.settings.seed = "1"),
    'run.settings.seed: expected a whole number in [0, 9007199254740991], got "1"',
  ],
  ["settings", (run: Spoilt) => (run.settings = [1]), "run.settings: expected an object, got [1]"],
  [
    "a field more",
    (run: Spoilt) => (run.settings.more = 1),
    'run.settings: expected steps, seed, episodes, target, got "more"',
  ],
  [
    "episodes",
    (run: Spoilt) => (run.settings.episodes = -1),
    "run.settings.episodes: expected a whole number in [0, 9007199254740991], got -1",
  ],
  [
    "a target",
    (run: Spoilt) => (run.settings.target = Number.NaN),
    "run.settings.target: expected a finite return, got NaN",
  ],
  [
    "episodes that are over",
    (run: Spoilt) => (run.progress.finished = 0.5),
    "run.progress.finished: expected a whole number in [0, 9007199254740991], got 0.5",
  ],
  [
    "newest returns",
    (run: Spoilt) => (run.progress.newest = [1, 2, 3, 4, 5, 6]),
    "run.progress.newest: expected up to 5 returns, got [1,2,3,4,5,6]",
  ],
  [
    "a newest return",
    (run: Spoilt) => (run.progress.newest = ["1"]),
    'run.progress.newest[0]: expected a number, got "1"',
  ],
  [
    "faults",
    (run: Spoilt) => (run.progress.faults = 0.5),
    "run.progress.faults: expected a whole number in [0, 9007199254740991], got 0.5",
  ],
  [
    "a term",
    (run: Spoilt) => delete run.progress.sums.bound.total,
    "run.progress.sums.bound.total: expected a number, got none",
  ],
  [
    "a mean",
    (run: Spoilt) => (run.progress.sums.modelError = "1"),
    'run.progress.sums.modelError: expected a number, got "1"',
  ],
  ["no lanes", (run: Spoilt) => (run.lanes = []), "run.lanes: expected a list of 1 to 64, got []"],
  [
    "65 lanes",
    (run: Spoilt) => (run.lanes = new Array(65).fill(0)),
    "run.lanes: expected a list of 1 to 64, got [0,0,",
  ],
  [
    "more lanes",
    (run: Spoilt) => run.lanes.push(run.lanes[0]),
    "environment: expected 2 copies, as the saved run has, got 1",
  ],
  [
    "a lane's sums",
    (run: Spoilt) => (run.lanes[0].progress = {}),
    "run.lanes[0].progress.steps: expected a whole number in [0, 9007199254740991], got none",
  ],
  [
    "a place",
    (run: Spoilt) => (run.lanes[0].place = null),
    "run.lanes[0].place: expected an object, got null",
  ],
  [
    "whether it runs",
    (run: Spoilt) => (run.lanes[0].place.isRunning = 1),
    "run.lanes[0].place.isRunning: expected true or false, got 1",
  ],
  [
    "a reward",
    (run: Spoilt) => (run.lanes[0].place.reward = "1"),
    'run.lanes[0].place.reward: expected a number, got "1"',
  ],
  [
    "an observation",
    (run: Spoilt) => (run.lanes[0].place.observation = [1]),
    "run.lanes[0].place.observation: expected [4] numbers, got [1]",
  ],
  ["a mask", (run: Spoilt) => (run.lanes[0].place.actionMask = [1]), "actionMask: expected [2]"],
  [
    "a world",
    (run: Spoilt) => (run.lanes[0].world = 7),
    "environment: expected to load what it saved, got saved: expected an episode of this world, got 7",
  ],
  [
    "a world's draws",
    (run: Spoilt) => (run.lanes[0].world.drawn = -1),
    "environment: expected to load what it saved, got drawn: expected a whole number",
  ],
] as const)
  test(`what a run cannot be is refused: ${what}`, async () => {
    const message = await messageOf("copied", change);
    assert.ok(message.startsWith(expected), message);
  });

for (const [what, change, expected] of [
  ["no list", (trace: Spoilt) => (trace.actions = {}), "run.lanes[0].trace.actions: expected a list, got {}"],
  [
    "no answers",
    (trace: Spoilt) => (trace.answers = 1),
    "run.lanes[0].trace.answers: expected a list, got 1",
  ],
  [
    "an answer less",
    (trace: Spoilt) => trace.answers.pop(),
    "run.lanes[0].trace.answers: expected 8 of them, got 7",
  ],
  [
    "no hash",
    (trace: Spoilt) => (trace.answers[2] = 2 ** 32),
    "run.lanes[0].trace.answers[2]: expected a whole number in [0, 4294967295], got 4294967296",
  ],
  [
    "no action",
    (trace: Spoilt) => (trace.actions[2] = 2),
    "action: expected a whole number in [0, 1], got 2",
  ],
  [
    "another hash",
    (trace: Spoilt) => (trace.answers[2] = 7),
    "environment: expected the world of the saved run, got one that answers otherwise at action 2",
  ],
] as const)
  test(`what a way through a world cannot be is refused: ${what}`, async () => {
    const message = await messageOf("replayed", (run) => change(run.lanes[0].trace));
    assert.ok(message.startsWith(expected), message);
  });

test.run();
