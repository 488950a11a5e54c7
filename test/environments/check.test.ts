import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectAction } from "../../src/environments/action.ts";
import { checkEnvironment } from "../../src/environments/check.ts";
import {
  type Action,
  box,
  discrete,
  type Environment,
  type Step,
  type Vector,
} from "../../src/environments/environment.ts";
import { later } from "../helpers/later.ts";
import { line } from "../helpers/line.ts";

/** A corridor of five cells with two actions. */
function corridor(): Environment {
  let cell = 0;
  return {
    observationSpace: box([0], [4]),
    actionSpace: discrete(2),
    reset() {
      cell = 0;
      return { observation: Float32Array.of(cell) };
    },
    step(action) {
      expectAction(discrete(2), action);
      cell = Math.min(Math.max(cell + (action === 1 ? 1 : -1), 0), 4);
      return { observation: Float32Array.of(cell), reward: -1, terminated: cell === 4, truncated: false };
    },
  };
}

function expectProblems(environment: unknown, ...lines: string[]): void {
  assert.equal(checkEnvironment(environment as Environment), lines);
}

test("a good environment has no problems", () => {
  expectProblems(line());
});

test("nor has one with a choice of two, whose episodes differ in length", () => {
  assert.equal(checkEnvironment(corridor(), { episodes: 20 }), []);
});

test("names what is no environment at all", () => {
  expectProblems(null, "environment: expected an environment, got null");
  expectProblems(
    { observationSpace: box([0], [1]), reset: 1 },
    "actionSpace: expected a space, got none",
    "reset: expected a function, got 1",
    "step: expected a function, got undefined",
  );
});

for (const [what, change, message] of [
  [
    "an observation of the wrong length",
    (answer: Step) => ({ ...answer, observation: [1, 2, 3] }),
    "episode 1, step 1: observation: expected [2] numbers, got [3]",
  ],
  [
    "an observation that is missing",
    ({ observation: _, ...answer }: Step) => answer,
    "episode 1, step 1: observation: expected [2] numbers, got undefined",
  ],
  [
    "a number that is not finite, at the step where it came",
    (answer: Step, t: number) => (t === 4 ? { ...answer, observation: [Number.NaN, t] } : answer),
    "episode 1, step 4: observation[0]: expected a finite number, got NaN",
  ],
  [
    "a coordinate that is no number",
    (answer: Step, t: number) => ({ ...answer, observation: ["1", t] }),
    'episode 1, step 1: observation[0]: expected a number, got "1"',
  ],
  [
    "an observation outside its box",
    (answer: Step, t: number) => ({ ...answer, observation: [t === 3 ? 21 : 0, t] }),
    "episode 1, step 3: observation[0]: expected a number in [-20, 20], as observationSpace says, got 21",
  ],
  [
    "a reward that is not finite",
    (answer: Step) => ({ ...answer, reward: -Infinity }),
    "episode 1, step 1: reward: expected a finite number, got -Infinity",
  ],
  [
    "a missing reward",
    ({ reward: _, ...answer }: Step) => answer,
    "episode 1, step 1: reward: expected a number, got undefined",
  ],
  [
    "terminated that is no boolean",
    (answer: Step) => ({ ...answer, terminated: 0 }),
    "episode 1, step 1: terminated: expected true or false, got 0",
  ],
  [
    "truncated that is missing",
    ({ truncated: _, ...answer }: Step, t: number) => ({ ...answer, terminated: t === 10 }),
    "episode 1, step 1: truncated: expected true or false, got undefined: write `truncated: false` where no time limit stopped the episode",
  ],
  [
    "an answer that is no object",
    () => undefined,
    "episode 1, step 1: step: expected { observation, reward, terminated, truncated }, got undefined",
  ],
] as const)
  test(`names ${what}, once`, () => {
    expectProblems(line(change), message);
  });

test("says of a Promise that it has to be awaited", () => {
  expectProblems(
    Promise.resolve(line()),
    "environment: expected an environment, got a Promise: `await` is missing",
  );
});

test("plays worlds that answer later, and finds in them what it finds in those that answer at once", async () => {
  assert.equal(await checkEnvironment(later(line())), []);
  for (const change of [
    (answer: Step, t: number) => ({ ...answer, reward: t === 4 ? Number.NaN : 1 }),
    (answer: Step) => ({ ...answer, observation: [1, 2, 3] }),
    (_answer: Step, t: number) => {
      if (t === 3) throw new Error("the wire broke");
      return _answer;
    },
  ]) {
    const found = await checkEnvironment(later(line(change)));
    assert.ok(found.length > 0);
    assert.equal(found, checkEnvironment(line(change)));
  }
});

test("a promise in the midst of an episode is waited for, and one that is rejected is told of", async () => {
  const mixed = line((answer, t) => (t % 2 === 0 ? Promise.resolve(answer) : answer));
  assert.equal(await checkEnvironment(mixed), []);
  const broken = line((answer, t) => (t === 2 ? Promise.reject(new Error("the wire broke")) : answer));
  assert.is(
    (await checkEnvironment(broken))[0],
    "episode 1, step 2: step: expected an answer, got Error: the wire broke",
  );
});

test("names a step that throws, with its error", () => {
  const environment = line((answer, t) => {
    if (t === 2) throw new Error("motor stalled");
    return answer;
  });
  expectProblems(environment, "episode 1, step 2: step: expected an answer, got Error: motor stalled");
});

test("names a start that does not repeat with its seed", () => {
  let resets = 0;
  const world = line();
  const environment: Environment = {
    ...world,
    reset(options) {
      world.reset(options);
      return { observation: [resets++, 0] };
    },
  };
  expectProblems(
    environment,
    "episode 1 repeated with its seed 0, reset: repetition: expected observation [0,0] as the first time, got [3,0]",
  );
});

test("names the step at which a repeated episode goes another way", () => {
  let calls = 0;
  const environment = line((answer, t) => ({ ...answer, reward: t === 5 ? calls++ : 0 }));
  expectProblems(
    environment,
    "episode 1 repeated with its seed 0, step 5: repetition: expected reward [0] as the first time, got [3]",
  );
});

test("names an episode that is shorter when it is repeated", () => {
  let episodes = 0;
  const environment = line((answer, t) => {
    if (t === 1) episodes++;
    if (episodes === 4 && t === 3) throw new Error("worn out");
    return answer;
  });
  expectProblems(
    environment,
    "episode 1 repeated with its seed 0, step 3: step: expected an answer, got Error: worn out",
    "episode 1 repeated with its seed 0, step 3: repetition: expected an answer, got none",
  );
});

test("names an observation array that is used again", () => {
  const shared = [0, 0];
  const environment = line((answer) => {
    shared.splice(0, 2, ...Array.from(answer.observation as Vector));
    return { ...answer, observation: shared };
  });
  expectProblems(
    environment,
    "warning: episode 1, step 2: observation: expected a new array each time, got the previous one overwritten; copy it in a loop of your own",
  );
});

test("names an action that is written to", () => {
  const world = line();
  const environment: Environment = {
    ...world,
    step(action: Action) {
      const answer = world.step(action);
      (action as number[])[0] = 0.123;
      return answer;
    },
  };
  expectProblems(
    environment,
    "warning: episode 1, step 1: action: expected to be left as it was, got overwritten",
  );
});

test("names a reset that needs a seed", () => {
  const world = line();
  const environment: Environment = {
    ...world,
    reset(options) {
      if (options?.seed === undefined) throw new Error("no seed");
      return world.reset(options);
    },
  };
  expectProblems(environment, "reset() without a seed: reset: expected an answer, got Error: no seed");
});

test("warns of a world that never ends", () => {
  const environment = line((answer) => ({ ...answer, observation: [0, 0], truncated: false }));
  assert.equal(checkEnvironment(environment, { steps: 50 }), [
    "warning: no episode ended: expected terminated or truncated (a time limit) within 50 steps, got neither; " +
      "`evaluate` will not return by itself where no episode ends",
  ]);
});

test("warns of a world in which nothing ever changes, and does not scold one that does not check its actions", () => {
  const answer = { observation: [0], reward: 0, terminated: false, truncated: true };
  const still = {
    observationSpace: box([0], [1]),
    actionSpace: discrete(2),
    reset: () => ({ observation: [0] }),
    step: () => answer,
  };
  expectProblems(
    still,
    "warning: step: expected observations or rewards that change, got the same ones in 3 episodes; there is nothing to learn",
  );
});

for (const [what, environment, ...lines] of [
  [
    "spaces by their Python names",
    { observation_space: box([0], [1]), action_space: discrete(2), reset() {}, step() {} },
    "observationSpace: expected a space, got none: `observation_space` is written `observationSpace` here",
    "actionSpace: expected a space, got none: `action_space` is written `actionSpace` here",
  ],
  [
    "`done`",
    line(({ truncated, terminated: _terminated, ...answer }) => ({ ...answer, truncated, done: truncated })),
    "episode 1, step 1: terminated: expected true or false, got undefined: Gym's `done` is two flags here, " +
      "`terminated` (the world ended) and `truncated` (a time limit stopped it)",
  ],
  [
    "a tuple",
    line(({ observation, reward, truncated }) => [observation, reward, truncated, {}]),
    "episode 1, step 1: step: expected { observation, reward, terminated, truncated }, got an array: Gym's tuple is an object here",
  ],
  [
    "a start without its object",
    { ...line(), reset: () => [0, 0] },
    "episode 1, reset: reset: expected { observation }, got an array: Gym's tuple is an object here",
  ],
  [
    "a flag in words",
    line((answer, t) => ({ ...answer, truncated: String(t === 10) })),
    'episode 1, step 1: truncated: expected true or false, got "false": a string is neither',
  ],
] as const)
  test(`helps with old habits: ${what}`, () => {
    expectProblems(environment, ...lines);
  });

test("asks for whole numbers of episodes and steps", () => {
  assert.throws(
    () => checkEnvironment(line(), { episodes: 0 }),
    "episodes: expected a whole number ≥ 1, got 0",
  );
  assert.throws(
    () => checkEnvironment(line(), { steps: 0.5 }),
    "steps: expected a whole number ≥ 1, got 0.5",
  );
});

test.run();
