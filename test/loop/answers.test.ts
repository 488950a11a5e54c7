import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { LARGEST } from "../../src/core/readings.ts";
import type { Start, SynchronousEnvironment } from "../../src/environments/environment.ts";
import { box, dict, discrete } from "../../src/environments/spaces.ts";
import {
  createAgent,
  type Environment,
  type EpisodeReport,
  evaluate,
  type Step,
  train,
} from "../../src/index.ts";
import { checkedWorld, copyOf, refusedAnswer } from "../../src/loop/answers.ts";
import { later } from "../helpers/later.ts";
import { line } from "../helpers/line.ts";
import { isSame, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const agents = { observed: smallAgent, latent: latentAgent } as const;

/** A world of which some answers, by their number since it was made, are changed. */
function faulty(world: Environment, change: (answer: Step, n: number) => unknown): SynchronousEnvironment {
  let n = 0;
  return {
    observationSpace: world.observationSpace,
    actionSpace: world.actionSpace,
    reset: (options) => world.reset(options) as Start,
    step: (action) => change(world.step(action) as Step, ++n) as Step,
  };
}

async function reportsOf(run: AsyncIterable<EpisodeReport>) {
  const reports: EpisodeReport[] = [];
  let error: Error | undefined;
  try {
    for await (const report of run) reports.push(report);
  } catch (thrown) {
    error = thrown as Error;
  }
  return { reports, error };
}

for (const [kind, make] of Object.entries(agents))
  for (const when of ["at once", "later"])
    test(`${kind}, ${when}: a bad number ends its episode as truncated, is told and not learned from, and training goes on`, async () => {
      const { agent, environment } = await make("pendulum");
      const world = faulty(environment, (answer, n) =>
        n === 30 ? { ...answer, reward: 1e39 } : n === 50 ? { ...answer, observation: [0, 1e19, 0] } : answer,
      );
      const run = train(agent, when === "later" ? later(world) : world, { steps: 60 });
      const { reports, error } = await reportsOf(run);
      assert.is(error, undefined);
      assert.equal(
        reports.map(({ episode, steps, length, truncated, terminated }) => [
          episode,
          steps,
          length,
          truncated,
          terminated,
        ]),
        [
          [1, 29, 29, true, false],
          [2, 48, 19, true, false],
          [3, 60, 12, false, false],
        ],
      );
      assert.equal(
        reports.map(({ fault }) => fault),
        [
          "reward: expected a number in [-1e18, 1e18], got 1e+39: choose a larger unit (episode 1, step 30)",
          "observation[1]: expected a number in [-1e18, 1e18], got 10000000000000000000: choose a larger unit (episode 2, step 20)",
          undefined,
        ],
      );
      assert.is(agent.steps, 60);
      assert.ok(reports.every((report) => Number.isFinite(report.return)));
    });

test("after three episodes in succession that a bad number ended, it is thrown; what was learned stays", async () => {
  for (const from of [1, 7, 30]) {
    const { agent, environment } = await smallAgent("pendulum");
    const world = faulty(environment, (answer, n) =>
      n >= from ? { ...answer, reward: Number.NaN } : answer,
    );
    const { reports, error } = await reportsOf(train(agent, world, { steps: 100 }));
    assert.is(
      `${error}`,
      `ReadingError: reward: expected a finite number, got NaN (episode 3, step 1): the 3rd episode in succession that a bad reading ended`,
    );
    assert.equal(
      reports.slice(0, 2).map(({ length }) => length),
      [from - 1, 0],
    );
    assert.is(agent.steps, from - 1);
    for await (const _ of train(agent, environment, { steps: 20 }));
    assert.is(agent.steps, from + 19);
  }
});

test("a run that goes on after that has three episodes again", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const world = faulty(environment, (answer) => ({ ...answer, reward: Number.NaN }));
  const run = train(agent, world, { steps: 100 });
  for (const last of [3, 6]) {
    const { reports, error } = await reportsOf(run);
    assert.is(reports.length, 2);
    assert.match(`${error}`, `(episode ${last}, step 1): the 3rd episode in succession`);
  }
});

test("a start that is no number to begin from is an episode of no steps", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  let resets = 0;
  const reset: Environment["reset"] = (options) =>
    ++resets === 2 ? { observation: [0, 0, Infinity] } : environment.reset(options);
  const run = train(agent, { ...environment, reset }, { steps: 410 });
  const { reports } = await reportsOf(run);
  assert.equal(
    reports.map(({ episode, length, truncated, fault }) => [episode, length, truncated, fault]),
    [
      [1, 200, true, undefined],
      [2, 0, true, "observation[2]: expected a finite number, got Infinity (episode 2, reset)"],
      [3, 200, true, undefined],
      [4, 10, false, undefined],
    ],
  );
});

test("what is no number at all is thrown at once, in the words of every other door", async () => {
  for (const [change, message] of [
    [{ observation: [1, 2] }, "RangeError: observation: expected [3] numbers, got [2] (episode 1, step 4)"],
    [
      { observation: undefined },
      "TypeError: observation: expected [3] numbers, got undefined (episode 1, step 4)",
    ],
    [{ reward: "1" }, 'TypeError: reward: expected a number, got "1" (episode 1, step 4)'],
    [
      { truncated: "false" },
      'TypeError: truncated: expected true or false, got "false": a string is neither (episode 1, step 4)',
    ],
  ] as const)
    for (const slow of [(world: SynchronousEnvironment) => world, later]) {
      const { agent, environment } = await smallAgent("pendulum");
      const world = slow(faulty(environment, (answer, n) => (n === 4 ? { ...answer, ...change } : answer)));
      assert.is(`${(await reportsOf(train(agent, world, { steps: 9 }))).error}`, message);
      const again = slow(faulty(environment, (answer, n) => (n === 4 ? { ...answer, ...change } : answer)));
      const failed = await evaluate(agent, again, { episodes: 1 }).catch((error) => `${error}`);
      assert.is(failed, message);
    }
});

test("what a world throws is what comes out, with its stack, and the step in its innermost cause", async () => {
  for (const [makeThrown, innermost] of [
    [() => new Error("the wire broke"), (error: Error) => error.cause],
    [
      () => new Error("no answer", { cause: new TypeError("a bad byte") }),
      (error: Error) => (error.cause as Error).cause,
    ],
    [() => "a word", (error: Error) => error.cause],
  ] as const)
    for (const isLate of [false, true]) {
      const { agent, environment } = await smallAgent("pendulum");
      const thrown = makeThrown();
      const world = faulty(environment, (answer, n) => {
        if (n !== 3) return answer;
        if (isLate) return Promise.reject(thrown);
        throw thrown;
      });
      const { error } = await reportsOf(train(agent, world, { steps: 9 }));
      if (thrown instanceof Error) assert.is(error, thrown);
      else assert.is(error?.message, 'environment: expected an answer, got "a word" thrown');
      assert.is(
        String(innermost(error as Error)),
        "Error: environment: expected an answer, got an error at episode 1, step 3",
      );
    }
});

test("a world may use its arrays again, and write to actions: it trains the same bits", async () => {
  const runs = await Promise.all(
    [false, true].map(async (isCareless) => {
      const { agent, environment } = await smallAgent("pendulum", { actionRepeat: 2 });
      const buffer = new Float32Array(3);
      const step: Environment["step"] = (action) => {
        const answer = environment.step(action) as Step<ArrayLike<number>>;
        if (!isCareless) return answer;
        (action as Float32Array).fill(99);
        buffer.set(answer.observation);
        return Object.assign(Object.create({}), { ...answer, observation: buffer });
      };
      const reset: Environment["reset"] = (options) => {
        const { observation } = environment.reset(options) as Step<ArrayLike<number>>;
        buffer.set(observation);
        return { observation: isCareless ? buffer : observation };
      };
      for await (const _ of train(agent, { ...environment, reset, step }, { steps: 260 }));
      return agent.save();
    }),
  );
  assert.ok(isSame(runs[1], runs[0]));
});

test("takes every number up to the largest, and refuses every other, by property", () => {
  const place = { episode: 2, isRunning: true, length: 5 };
  fc.assert(
    fc.property(fc.double(), fc.double(), fc.double(), (x, y, reward) => {
      const answer = { observation: [x, y], reward, terminated: false, truncated: false };
      const world = checkedWorld({ ...line(), step: () => answer }, place, { mayMiss: false });
      const isGood = [x, y, reward].every((value) => Math.abs(value) <= LARGEST);
      try {
        const step = world.step([0]) as Step;
        assert.ok(isGood);
        assert.equal(step, answer);
        assert.is.not(step.observation, answer.observation);
      } catch (error) {
        assert.not.ok(isGood);
        assert.equal(refusedAnswer(error), { ...answer, info: undefined });
        assert.match(String(error), /episode 2, step 6\)$/);
      }
    }),
  );
});

test("copies arrays, typed or not, and objects of them", () => {
  const value = { image: Float32Array.of(1, 2), rows: [[1], [2]], index: 3, like: { length: 1, 0: 5 } };
  const copy = copyOf(value);
  assert.equal(copy, { ...value, like: [5] });
  assert.is.not(copy.image, value.image);
  assert.is.not(copy.rows[0], value.rows[0]);
});

test("a world whose spaces are not the agent's is refused by train and evaluate", async () => {
  const { environment } = await smallAgent("cartpole");
  const agent = await createAgent((await smallAgent("pendulum")).environment);
  const message = "observationSpace: expected the agent's, box([-1, -1, -8], [1, 1, 8]), got a box of ";
  for (const call of [() => train(agent, environment).steps, () => evaluate(agent, environment)]) {
    let error: unknown;
    try {
      await call();
    } catch (thrown) {
      error = thrown;
    }
    assert.instance(error, RangeError);
    assert.ok((error as Error).message.startsWith(message.slice(0, 60)), String(error));
  }
});

test("an answer is read once: a getter may answer otherwise the next time, and the step of one that throws is named", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  const moody = faulty(environment, (answer) => {
    let asked = 0;
    return Object.defineProperty({ ...answer }, "reward", { get: () => (asked++ === 0 ? 1 : Number.NaN) });
  });
  const { error, reports } = await reportsOf(train(agent, moody, { steps: 5 }));
  assert.is(error, undefined);
  assert.is(reports[0].return, 5);
  const broken = faulty(environment, (answer, n) => {
    if (n < 3) return answer;
    const get = () => {
      throw new Error("the meter is off");
    };
    return Object.defineProperty({ ...answer }, "reward", { get });
  });
  const { error: thrown } = await reportsOf(train(agent, broken, { steps: 5 }));
  assert.is(thrown?.message, "the meter is off");
  assert.match(String(thrown?.cause), /episode 2, step 3$/);
});

test("an observation may have a part of any name, also `length`", async () => {
  const observationSpace = dict({ length: discrete(3), width: box([-9], [9]) });
  const own = line();
  const world: Environment = {
    observationSpace,
    actionSpace: own.actionSpace,
    reset: () => ({ observation: { length: 1, width: [0] } }),
    step: () => ({ observation: { length: 2, width: [1] }, reward: 1, terminated: false, truncated: true }),
  };
  const seen: unknown[] = [];
  const agent = await createAgent(world, { seed: 1, hidden: [8] });
  const onStep = ({ nextObservation }: { nextObservation: unknown }) => void seen.push(nextObservation);
  assert.is((await reportsOf(train(agent, world, { steps: 3, onStep }))).error, undefined);
  assert.equal(seen, new Array(3).fill({ length: 2, width: [1] }));
  assert.equal(copyOf({ length: 1, 0: [2] } as never), [[2]]);
});

test.run();
