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
} from "../../src/environments/environment.ts";
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
  expectProblems(null, "environment: expected an object, got null");
  expectProblems(
    { observationSpace: box([0], [1]), reset: 1 },
    "actionSpace: expected this member, got none",
    "reset: expected a function, got number",
    "step: expected this member, got none",
  );
});

for (const [what, change, message] of [
  [
    "an observation of the wrong length",
    (answer: Step) => ({ ...answer, observation: [1, 2, 3] }),
    "episode 1, step 1: observation: expected [2] numbers, got 3",
  ],
  [
    "an observation that is missing",
    ({ observation: _, ...answer }: Step) => answer,
    "episode 1, step 1: observation: expected an array, got undefined",
  ],
  [
    "a number that is not finite, at the step where it came",
    (answer: Step, t: number) => (t === 4 ? { ...answer, observation: [Number.NaN, t] } : answer),
    'episode 1, step 4: observation[0]: expected a finite number, got NaN (an agent with model: "latent" takes it for not seen)',
  ],
  [
    "a coordinate that is no number",
    (answer: Step, t: number) => ({ ...answer, observation: ["1", t] }),
    "episode 1, step 1: observation[0]: expected a number, got a string",
  ],
  [
    "an observation outside its box",
    (answer: Step, t: number) => ({ ...answer, observation: [t === 3 ? 21 : 0, t] }),
    "episode 1, step 3: observation[0]: expected a number in [-20, 20], as observationSpace says, got 21",
  ],
  [
    "a reward that is not finite",
    (answer: Step) => ({ ...answer, reward: -Infinity }),
    "episode 1, step 1: reward: expected a finite number, got the number -Infinity",
  ],
  [
    "a missing reward",
    ({ reward: _, ...answer }: Step) => answer,
    "episode 1, step 1: reward: expected a finite number, got undefined",
  ],
  [
    "terminated that is no boolean",
    (answer: Step) => ({ ...answer, terminated: 0 }),
    "episode 1, step 1: terminated: expected a boolean, got the number 0",
  ],
  [
    "truncated that is missing",
    ({ truncated: _, ...answer }: Step, t: number) => ({ ...answer, terminated: t === 10 }),
    "episode 1, step 1: truncated: expected a boolean, got undefined",
  ],
  [
    "an answer that is no object",
    () => undefined,
    "episode 1, step 1: step: expected an object with an observation, got undefined",
  ],
] as const)
  test(`names ${what}, once`, () => {
    expectProblems(line(change), message);
  });

test("says of a Promise that it has to be awaited, or that environments do not wait", () => {
  expectProblems(
    Promise.resolve(line()),
    "environment: expected an environment, got a Promise: `await` is missing",
  );
  expectProblems(
    line((answer) => Promise.resolve(answer)),
    "episode 1, step 1: step: expected an answer, got a Promise: only worlds that answer at once can be checked",
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
    shared.splice(0, 2, ...Array.from(answer.observation));
    return { ...answer, observation: shared };
  });
  expectProblems(
    environment,
    "episode 1, step 2: reused observation: expected a new array each time, got the previous one overwritten",
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
  expectProblems(environment, "episode 1, step 1: action: expected to be left as it was, got overwritten");
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

test("warns of an action of the wrong kind that is taken without a word", () => {
  const answer = { observation: [0], reward: 0, terminated: false, truncated: true };
  const careless = {
    observationSpace: box([0], [1]),
    reset: () => ({ observation: [0] }),
    step: () => answer,
  };
  const warning = (action: string) =>
    `warning: step: expected a TypeError for an action of the wrong kind, ${action}, got an answer`;
  expectProblems({ ...careless, actionSpace: discrete(2) }, warning("an array in place of a whole number"));
  expectProblems({ ...careless, actionSpace: box([0], [1]) }, warning("a number in place of an array"));
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
