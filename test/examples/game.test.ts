/** The game of examples/game without its page: the physics, and that the agent learns them with its default settings. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createRound } from "../../examples/game/round.ts";
import { afterMoment, EMPTY, expected } from "../../examples/game/state.ts";
import { createGame, FRAMES } from "../../examples/game/world.ts";
import { checkEnvironment, createAgent } from "../../src/index.ts";

const test = suite("game");
const animate = (frame: () => void) => {
  for (let i = 0; i < FRAMES; i++) frame();
};

test("the world is a sound environment", async () => {
  assert.equal(await checkEnvironment(createGame()), []);
});

test("a seed means one course of events", () => {
  const course = () => {
    const game = createGame();
    game.reset({ seed: 3 });
    return Array.from({ length: 20 }, (_, i) => game.step([Math.sign((i % 4) - 1.5)]));
  };
  assert.equal(course(), course());
});

test("torque to the right rolls the wheel to the right, and turns the body to the left", () => {
  const game = createGame();
  game.reset({ seed: 1 });
  const before = game.pose();
  for (let i = 0; i < 3; i++) game.step([1]);
  assert.ok(game.pose().x > before.x + 0.05);
  assert.ok(game.pose().tilt > before.tilt + 0.1);
});

test("a push tilts the robot that way, gravity makes it fall sooner, and a moved star is seen", () => {
  const stepsUntilFall = (change: (game: ReturnType<typeof createGame>) => void) => {
    const game = createGame();
    game.reset({ seed: 2 });
    change(game);
    for (let i = 1; ; i++) if (game.step([0]).terminated) return i;
  };
  const alone = stepsUntilFall(() => {});
  assert.ok(stepsUntilFall((game) => game.setGravity(24.8)) < alone);
  assert.ok(stepsUntilFall((game) => game.setGravity(1.62)) > alone);
  assert.ok(stepsUntilFall((game) => game.push(3)) < alone);
  const game = createGame();
  game.reset({ seed: 2 });
  game.push(1);
  for (let i = 0; i < 3; i++) game.step([0]);
  assert.ok(game.pose().tilt < -0.05, "to the right is a negative angle");
  const [, , away] = game.moveStar(2);
  assert.ok(Math.abs(away - (game.pose().x - 2)) < 1e-6);
});

test("with default settings it learns to stand: a stand of ten seconds in its first minute", async () => {
  const game = createGame();
  const decide = createRound(await createAgent(game, { seed: 1 }), game, 1);
  let [state, stars] = [EMPTY, 0];
  let longest = 0;
  let atRandom = 0;
  for (let step = 1; step <= 1200 && longest < 200; step++) {
    const moment = await decide({ animate, explains: step % 20 === 0 });
    state = afterMoment(state, moment);
    longest = Math.max(longest, state.upright);
    stars += Number(moment.hasStar);
    if (step === 100) atRandom = longest;
  }
  assert.ok(atRandom < 40, `at random ${atRandom} decisions`);
  assert.ok(longest >= 200, `${longest} decisions`);
  assert.is(state.stars, stars);
  assert.ok(state.values.length > 10 && state.surprises.length > 10);
});

test("a visitor's action is learned from, and a prediction is the candidates' mean", async () => {
  const game = createGame();
  const agent = await createAgent(game, { seed: 1, warmup: 5, warmupUpdates: 5 });
  const decide = createRound(agent, game, 1);
  const driven = await decide({ animate, driven: 0.5 });
  assert.equal([driven.isDriven, driven.torque, agent.steps], [true, 0.5, 1]);
  let plan: NonNullable<typeof driven.explanation>["plan"];
  for (let i = 0; i < 9; i++) plan = (await decide({ animate, explains: true })).explanation?.plan ?? plan;
  assert.ok(plan);
  const { candidates, horizon, observations, weights } = plan;
  for (const step of [0, 5]) {
    let tilt = 0;
    for (let c = 0; c < candidates; c++) tilt += weights[c] * observations[(c * (horizon + 1) + step) * 4];
    assert.ok(Math.abs(tilt - expected(plan, step)[0]) < 1e-6);
  }
});

test.run();
