import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlanner } from "../../src/inference/createPlanner.ts";
import { solvePomdp } from "../../src/inference/offline/solvePomdp.ts";
import { evaluatePomdp, type PomdpEvaluationOptions } from "../../src/loop/evaluatePomdp.ts";
import { rockSample, tiger, tMaze } from "../../src/problems.ts";

const listen = { plan: () => ({ action: 0 }) };

test("what always listening brings is known exactly", async () => {
  const { returns, lengths, meanReturn, standardError } = await evaluatePomdp(tiger(), listen, {
    discount: 0.5,
    episodes: 3,
    horizon: 3,
  });
  assert.equal([returns, lengths, meanReturn, standardError], [[-1.75, -1.75, -1.75], [3, 3, 3], -1.75, 0]);
  // .5^14 < 1e-4
  assert.is((await evaluatePomdp(tiger(), listen, { discount: 0.5, episodes: 1 })).lengths[0], 14);
});

test("the tiger's solution reaches its value within three standard errors", async () => {
  const solution = await solvePomdp(tiger(), { discount: 0.95 });
  const { meanReturn, standardError } = await evaluatePomdp(tiger(), solution, {
    discount: 0.95,
    episodes: 1000,
  });
  assert.ok(standardError > 0.5 && standardError < 1.5, `${standardError}`);
  assert.ok(Math.abs(meanReturn - 19.3713683749) < 3 * standardError, `${meanReturn} ± ${standardError}`);
});

test("episodes end with the world, and a seed repeats them", async () => {
  const solution = await solvePomdp(tMaze(), { discount: 0.9 });
  const play = (seed: number) => evaluatePomdp(tMaze(), solution, { discount: 0.9, episodes: 40, seed });
  const [once, again, other] = [await play(1), await play(1), await play(2)];
  assert.equal([once.returns, once.lengths], [again.returns, again.lengths]);
  assert.not.equal(once.returns, other.returns);
  assert.ok(once.lengths.every((length) => length === 2));
});

test("a planner of createPlanner plays as well, in tables without zeros too", async () => {
  const model = rockSample({ size: 2, rocks: [[0, 0]], start: [0, 0] });
  const planner = await createPlanner(model, { particles: 16, horizon: 3, temperature: 0.1, seed: 1 });
  const { returns } = await evaluatePomdp(model, planner, { episodes: 4, horizon: 10 });
  assert.is(returns.length, 4);
});

test("a signal stops it, and the episode that is cut short does not count", async () => {
  const controller = new AbortController();
  const onEpisode = (episode: number) => episode === 3 && controller.abort();
  const { returns } = await evaluatePomdp(tiger(), listen, {
    ...{ discount: 0.95, signal: controller.signal },
    onEpisode,
  });
  assert.is(returns.length, 3);
});

for (const [options, message] of [
  [{}, /^discount: expected a number in \[0, 1\], got none by the model or the options$/],
  [{ discount: 2 }, /^discount: expected a number in \[0, 1\], got 2$/],
  [{ discount: 0.9, episodes: 0 }, /^episodes: expected a whole number ≥ 1, got 0$/],
  [{ discount: 0.9, horizon: 0 }, /^horizon: expected a whole number ≥ 1, got 0$/],
  [{ discount: 0.9, steps: 3 }, /^options: expected known names, got steps$/],
] as [PomdpEvaluationOptions, RegExp][])
  test(`refuses ${message}`, async () => {
    await evaluatePomdp(tiger(), listen, options).then(
      () => assert.unreachable(),
      (error: Error) => assert.match(error.message, message),
    );
  });

test("an action that is none of the model's is refused", async () => {
  await evaluatePomdp(tiger(), { plan: () => ({ action: 3 }) }, { discount: 0.9 }).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /^action: expected a whole number in \[0, 2\], got 3$/),
  );
});

test.run();
