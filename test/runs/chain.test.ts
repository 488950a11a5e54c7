import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EpisodeReport, StepReport } from "../../src/loop/report.ts";
import { chainStart, extendChain, extendTrail } from "../../src/runs/chain.ts";
import type { RunConfig } from "../../src/runs/config.ts";
import { episodesOf } from "../helpers/episodes.ts";

const config: RunConfig = {
  version: "1",
  task: "walk",
  seed: 1,
  steps: 10,
  options: { seed: 1 },
  started: "now",
};
const [report] = episodesOf([7]);
const step = {
  observation: { b: [1, 2], a: Float32Array.of(3) },
  action: 1,
  reward: -1,
  nextObservation: [4, Number.NaN],
  terminated: false,
  truncated: false,
  bound: report.bound,
} as unknown as StepReport;
const hash = /^[0-9a-f]{64}$/;

test("begins with what re-derives a run: not with how long it is, or when it began", () => {
  const start = chainStart(config);
  assert.match(start, hash);
  assert.is(chainStart({ ...config, steps: 99, started: "then", build: "exact" }), start);
  for (const change of [
    { version: "2" },
    { task: "nap" },
    { seed: 2 },
    { options: { seed: 2 } },
    { build: "fast" as const },
  ])
    assert.is.not(chainStart({ ...config, ...change }), start);
});

test("every number of a step enters it, to the bit, and in which order steps came", () => {
  const trail = extendTrail("start", step);
  assert.match(trail, hash);
  assert.is(extendTrail("start", { ...step }), trail);
  const others: readonly Partial<StepReport>[] = [
    { observation: { b: [1, 2.0000000000000004], a: [3] } },
    { observation: { a: [3], b: [2, 1] } },
    { action: 0 },
    { action: [1, 0] },
    { reward: -0.9999999999999999 },
    { nextObservation: [4, 0] },
    { terminated: true },
    { truncated: true },
    { bound: undefined },
    { bound: { ...report.bound, total: -2.7500000000000004 } },
  ];
  for (const change of others)
    assert.is.not(extendTrail("start", { ...step, ...change }), trail, JSON.stringify(change));
  assert.is.not(extendTrail("other", step), trail);
  // the names of an object in any order, an array of any kind
  assert.is(extendTrail("start", { ...step, observation: { a: [3], b: Float64Array.of(1, 2) } }), trail);
});

test("an episode's report enters it, but not whether it was cut short", () => {
  const chain = extendChain("c", "t", report);
  assert.match(chain, hash);
  assert.is(extendChain("c", "t", { ...report, truncated: false, terminated: true }), chain);
  const others: readonly Partial<EpisodeReport>[] = [
    { episode: 2 },
    { steps: 11 },
    { length: 9 },
    { return: 7.000000000000001 },
    { modelError: Number.NaN },
    { bound: { ...report.bound, reward: 0 } },
  ];
  for (const change of others) assert.is.not(extendChain("c", "t", { ...report, ...change }), chain);
  assert.is.not(extendChain("d", "t", report), chain);
  assert.is.not(extendChain("c", "u", report), chain);
});

test("of a known run it is a known number, on every engine", () => {
  const chain = extendChain(chainStart(config), extendTrail(chainStart(config), step), report);
  assert.is(chain.slice(0, 16), "73e14bad96e704d0");
});

test.run();
