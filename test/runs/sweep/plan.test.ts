import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { canonical, parsePlan, type Trial, trialId, trialsOf } from "../../../src/runs/sweep/plan.ts";

const trial: Trial = { world: "pendulum", options: { horizon: 5 }, seed: 1, steps: 2000, episodes: 4 };

test("a plan is every world with every set of options, every combination of the grid and every seed, in this order", () => {
  const trials = trialsOf({
    worlds: ["pendulum", "cartpole"],
    options: [{}, { members: 2 }],
    grid: { horizon: [5, 10], candidates: [8, 16, 32] },
    seeds: { from: 3, to: 4 },
    steps: 100,
    episodes: 0,
  });
  assert.is(trials.length, 2 * 2 * 6 * 2);
  assert.equal(trials[0], {
    world: "pendulum",
    options: { horizon: 5, candidates: 8 },
    seed: 3,
    steps: 100,
    episodes: 0,
  });
  assert.is(trials[1].seed, 4);
  assert.equal(trials[2].options, { horizon: 5, candidates: 16 });
  assert.equal(trials.at(-1)?.options, { members: 2, horizon: 10, candidates: 32 });
});

test("what a plan leaves out has a default, and trials that occur twice count once", () => {
  const expected = [{ world: "pendulum", options: {}, seed: 1, steps: 2000, episodes: 4 }];
  assert.equal(trialsOf({ worlds: ["pendulum", "pendulum"] }), expected);
  assert.equal(trialsOf({ trials: [{ world: "pendulum" }, { world: "pendulum", seed: 1 }] }), expected);
});

for (const [plan, message] of [
  ["[]", 'p.json: expected a JSON object, got "[]"'],
  ["{}", "p.json: worlds: expected an array of one value or more, got undefined"],
  ['{"worlds":[]}', "p.json: worlds: expected an array of one value or more, got an empty one"],
  ['{"worlds":["a"],"seed":1}', "p.json: expected worlds, options, grid, seeds, steps, episodes, got seed"],
  ['{"worlds":[1]}', "p.json: worlds[0]: expected a task name or { module, version }, got 1"],
  ['{"worlds":[{"module":"./a.mjs"}]}', "p.json: worlds[0]: version: expected a text, got undefined"],
  [
    '{"worlds":[{"module":"./a.mjs","version":"1","exports":"b"}]}',
    "p.json: worlds[0]: expected module, export, version, got exports",
  ],
  [
    '{"worlds":["a"],"options":[{"seed":1}]}',
    "p.json: options[0]: expected seeds beside the options, got a seed in them",
  ],
  [
    '{"worlds":["a"],"grid":{"horizon":5}}',
    "p.json: grid: horizon: expected an array of one value or more, got 5",
  ],
  [
    '{"worlds":["a"],"seeds":[-1]}',
    "p.json: seeds[0]: expected a whole number between 0 and 4294967295, got -1",
  ],
  [
    '{"worlds":["a"],"seeds":{"from":2,"to":1}}',
    "p.json: seeds: to: expected a whole number between 2 and 4294967295, got 1",
  ],
  [
    '{"worlds":["a"],"seeds":{"from":0,"to":4000000000}}',
    "p.json: seeds: expected at most 1000000 seeds, got 4000000001",
  ],
  ['{"worlds":["a"],"steps":0}', "p.json: steps: expected a whole number ≥ 1, got 0"],
  [
    '{"trials":[{"world":"a","step":5}]}',
    "p.json: trials[0]: expected world, options, seed, steps, episodes, got step",
  ],
] as const)
  test(`a wrong plan is refused: ${plan}`, () => {
    assert.throws(
      () => parsePlan(plan, "p.json"),
      (error: Error) => error.message === message || assert.is(error.message, message),
    );
  });

test("a grid that multiplies beyond all trials is refused before it is made", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i);
  assert.throws(
    () => trialsOf({ worlds: ["a"], grid: { a: values, b: values, c: values } }),
    /at most 1000000 combinations/,
  );
});

test("the identity of a trial does not depend on the order of names, and on everything else", () => {
  const id = trialId(trial, "1.0.0");
  assert.match(id, /^[0-9a-f]{64}$/);
  const { seed, world, ...rest } = trial;
  assert.is(trialId({ ...rest, seed, world }, "1.0.0"), id);
  const others: readonly Trial[] = [
    { ...trial, world: "cartpole" },
    { ...trial, options: { horizon: 6 } },
    { ...trial, seed: 2 },
    { ...trial, steps: 2001 },
    { ...trial, episodes: 5 },
  ];
  const ids = new Set([id, trialId(trial, "1.0.1"), ...others.map((other) => trialId(other, "1.0.0"))]);
  assert.is(ids.size, 7);
});

test("canonical JSON reads back as what was written, whatever the order of its names", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      assert.is(canonical(reversed), canonical(value));
      assert.equal(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.run();
