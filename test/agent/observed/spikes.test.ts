/** One altered reading, wherever it comes, leaves a small agent as good as it would have been: medians over seeds. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { GOOD, type Guise, medianReturn } from "../../helpers/cart.ts";

const rewarded = (altered: number, ...places: readonly number[]): Guise => ({
  reward: (reward, step) => (places.includes(step) ? altered : reward),
});
const seen = (altered: number, place: number): Guise => ({
  see: (state, step) => (step === place ? [altered, state[1]] : state),
});

const faults: Record<string, Guise> = {
  "a reward of −1e6": rewarded(-1e6, 220),
  "a reward of 1e6": rewarded(1e6, 220),
  "a reward of −1e6 in the warm-up": rewarded(-1e6, 30),
  "a reward of −1e6 at the first step": rewarded(-1e6, 1),
  "a reward of −1e6 at the third step": rewarded(-1e6, 3),
  "a reward of −1e6 at an episode's last step": rewarded(-1e6, 200),
  "four rewards of −1e4": rewarded(-1e4, 110, 160, 210, 260),
  "four rewards of 1e4": rewarded(1e4, 110, 160, 210, 260),
  "a position of 500": seen(500, 220),
  "a position of 1e9": seen(1e9, 220),
  "a position of 500 in the warm-up": seen(500, 30),
  "a position of 1e6 at the first reading": seen(1e6, 0),
  "a position of 1e6 at the third step": seen(1e6, 3),
};

test("without a fault", async () => {
  assert.ok((await medianReturn({})) > GOOD);
});

for (const [name, guise] of Object.entries(faults))
  test(name, async () => {
    // what is evaluated has no fault
    const median = await medianReturn(guise, {});
    assert.ok(median > GOOD, `${median}`);
  });

test.run();
