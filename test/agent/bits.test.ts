/** A file with a bit that changed is refused: a part of the bits here, all of them by `npm run fuzz -- --bits`. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { exportHabit, FileError, loadAgent, loadHabit } from "../../src/index.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const observed = await smallAgent("cartpole", { hidden: [4], members: 1, memory: 64 });
live(observed.agent, observed.environment, 50);
const latent = await latentAgent("cartpole-position", { hidden: [4], decoderHidden: [4], memory: 64 });
live(latent.agent, latent.environment, 50);

/** Bytes between two that are changed; a prime, so that all eight bits take turns. */
const STRIDE = 31;

for (const [name, bytes, load] of [
  ["an agent that observes the state", observed.agent.save(), loadAgent],
  ["an agent with a belief", latent.agent.save(), loadAgent],
  ["a habit", exportHabit(observed.agent), loadHabit],
] as const)
  test(`a flipped bit is refused anywhere in the file of ${name}`, async () => {
    await load(bytes);
    const header = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    let flips = 0;
    for (let place = 0; place < bytes.length; place += place < 100 || place === header ? 1 : STRIDE) {
      const flipped = bytes.slice();
      flipped[place] ^= 1 << (place & 7);
      try {
        await load(flipped);
        assert.unreachable(`bit ${place & 7} of byte ${place}`);
      } catch (error) {
        assert.instance(error, FileError);
      }
      flips++;
    }
    assert.ok(flips > 130, `${flips} flips`);
  });

test.run();
