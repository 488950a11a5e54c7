/** One altered reading leaves a small agent with a belief as good as it would have been: medians over seeds. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createAgent, evaluate, type Options, train } from "../../../src/index.ts";
import { cart, GOOD, type Guise } from "../../helpers/cart.ts";

const settings: Options = {
  ...{
    model: "latent",
    latentSize: 4,
    hidden: [16],
    decoderHidden: [16],
    horizon: 8,
    candidates: 32,
    updates: 1,
  },
  ...{ warmup: 75, warmupUpdates: 100, delay: 25, chunk: 8, overshoot: 4, overshootStarts: 2, memory: 1000 },
};

const rewarded = (altered: number): Guise => ({
  reward: (reward, step) => (step === 220 ? altered : reward),
});
const seen = (altered: number): Guise => ({
  see: (state, step) => (step === 220 ? [altered, state[1]] : state),
});

for (const [name, guise] of Object.entries<Guise>({
  "without a fault": {},
  "a reward of −1e6": rewarded(-1e6),
  "a reward of 1e6": rewarded(1e6),
  "a position of 500": seen(500),
  "a position of 1e9": seen(1e9),
}))
  test(name, async () => {
    const returns: number[] = [];
    for (const seed of [1, 2, 3]) {
      const world = cart(guise);
      const agent = await createAgent(world, { ...settings, seed });
      for await (const _ of train(agent, world, { steps: 300 }));
      returns.push((await evaluate(agent, cart(), { episodes: 2 })).meanReturn);
    }
    const [, median] = returns.sort((a, b) => a - b);
    assert.ok(median > GOOD / 2, `${returns}`);
  });

test.run();
