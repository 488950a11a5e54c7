import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Environment, Step } from "../../../src/environments/environment.ts";
import { timeLimit } from "../../../src/environments/wrappers/timeLimit.ts";
import {
  type Autoreset,
  type VectorStart,
  type VectorStep,
  vectorOf,
} from "../../../src/environments/wrappers/vector.ts";
import { later } from "../../helpers/later.ts";
import { line } from "../../helpers/line.ts";

/** Two lines whose episodes last two and three steps, with the step in their info. */
const lines = () =>
  [2, 3].map((steps) =>
    timeLimit(
      line((answer: Step, t) => ({ ...answer, info: { t } })),
      steps,
    ),
  );

const plain = ({ observations, rewards, terminated, truncated }: VectorStep) => ({
  observations: Array.from(observations),
  rewards: Array.from(rewards),
  over: terminated.map((ended, i) => ended || truncated[i]),
});

/** What a vector answers over some steps, at once or later. */
async function played(copies: readonly Environment[], autoreset: Autoreset, steps: number) {
  const vector = vectorOf(copies, autoreset);
  const { observations } = await vector.reset({ seed: 1 });
  const answers: VectorStep[] = [];
  for (let t = 0; t < steps; t++) answers.push(await vector.step([[1], [0]]));
  return { first: Array.from(observations), answers };
}

test("steps all copies into one flat array, copy by copy", async () => {
  const { first, answers } = await played(lines(), "disabled", 2);
  // copy i begins with seed 1 + i, which is where it stands
  assert.equal(first, [1, 0, 2, 0]);
  assert.equal(answers.map(plain), [
    { observations: [2, 1, 2, 1], rewards: [-2, -2], over: [false, false] },
    { observations: [3, 2, 2, 2], rewards: [-3, -2], over: [true, false] },
  ]);
});

test("nextStep: the step after the end begins an episode, whatever the action, with reward 0", async () => {
  const { answers } = await played(lines(), "nextStep", 4);
  assert.equal(answers.slice(1).map(plain), [
    { observations: [3, 2, 2, 2], rewards: [-3, -2], over: [true, false] },
    { observations: [0, 0, 2, 3], rewards: [0, -2], over: [false, true] },
    { observations: [1, 1, 0, 0], rewards: [-1, 0], over: [false, false] },
  ]);
});

test("sameStep: the step that ends an episode shows the next one's start, and keeps what was seen last", async () => {
  const { answers } = await played(lines(), "sameStep", 3);
  assert.equal(plain(answers[1]), { observations: [0, 0, 2, 2], rewards: [-3, -2], over: [true, false] });
  const [{ finalObs, finalInfo }, other] = answers[1].infos;
  assert.equal(Array.from(finalObs as Float64Array), [3, 2]);
  assert.equal(finalInfo, { t: 2 });
  assert.equal(other, { t: 2 });
  assert.equal(plain(answers[2]).observations.slice(0, 2), [1, 1]);
});

test("disabled: an episode that is over is begun by a mask, and a step before that is an error", () => {
  const vector = vectorOf(lines(), "disabled");
  vector.reset({ seed: [1, 4] });
  for (let t = 0; t < 2; t++) vector.step([[0], [0]]);
  assert.throws(
    () => vector.step([[0], [0]]),
    /step: expected reset\(\) first, got an episode of copy 0 that has ended/,
  );
  const begun = vector.reset({ seed: [3, 3], mask: [true, false] }) as VectorStart;
  assert.equal(Array.from(begun.observations), [3, 0, 4, 2]);
});

for (const autoreset of ["nextStep", "sameStep", "disabled"] as const)
  test(`${autoreset}: worlds that answer later, or some of them, give the same answers`, async () => {
    const steps = autoreset === "disabled" ? 2 : 7;
    const expected = await played(lines(), autoreset, steps);
    const late = () => lines().map(later);
    assert.equal(await played(late(), autoreset, steps), expected);
    assert.equal(await played([lines()[0], late()[1]], autoreset, steps), expected);
    assert.instance(vectorOf(late(), autoreset).reset(), Promise);
  });

test("every answer has arrays of its own", () => {
  const vector = vectorOf(lines(), "nextStep");
  const start = vector.reset({ seed: 1 }) as VectorStart;
  start.observations.fill(9);
  const step = vector.step([[0], [0]]) as VectorStep;
  assert.equal(Array.from(step.observations), [1, 1, 2, 1]);
  step.observations.fill(9);
  const again = vector.reset({ mask: [true, false] }) as VectorStart;
  assert.equal(Array.from(again.observations), [0, 0, 2, 1]);
});

test("says what is wrong with its arguments", () => {
  assert.throws(
    () => vectorOf(lines(), "never" as never),
    /autoreset: expected one of nextStep, sameStep, disabled/,
  );
  const vector = vectorOf(lines(), "nextStep");
  assert.throws(() => vector.step([[0]]), /actions: expected \[2\], one for each copy, got 1/);
  assert.throws(() => vector.reset({ mask: [true] }), /mask: expected \[2\]/);
  assert.throws(() => vector.reset({ seed: [1] }), /seed: expected \[2\]/);
  assert.throws(() => vector.reset({ seed: -1 }), /seed: expected a whole number/);
});

test.run();
