import { test } from "uvu";
import * as assert from "uvu/assert";
import { resolveOptions } from "../../src/agent/options.ts";
import { createRoom } from "../../src/agent/room.ts";
import { box, createAgent } from "../../src/index.ts";
import { live, small, smallAgent } from "../helpers/smallAgent.ts";

/** The message of the error that making an agent ends in, and how long that took, in ms. */
async function refusal(make: () => Promise<unknown>): Promise<[message: string, milliseconds: number]> {
  const start = performance.now();
  const message = await make().then(
    () => "none",
    (error: Error) => (error instanceof RangeError ? error.message : String(error)),
  );
  return [message, performance.now() - start];
}

test("what needs more than 4 GiB is refused in a sentence at once: how much, of how much, and for what", async () => {
  const { environment } = await smallAgent("pendulum");
  for (const [options, share] of [
    [{ model: "latent", memory: 1e8 }, /`memory: 100000000` takes 11,[\d,]+ bytes of them; make it smaller/],
    [{ lessons: 1e8 }, /`lessons: 100000000` takes \d+,[\d,]+ bytes of them; make it smaller/],
    [
      { candidates: 65_536, horizon: 1000, bins: 256 },
      /`(?:candidates|horizon): \d+` takes \d+,[\d,]+ bytes/,
    ],
  ] as const) {
    const [message, milliseconds] = await refusal(() => createAgent(environment, options));
    if (message === "none") continue;
    assert.match(
      message,
      /^memory: expected (at most 4,294,836,224 bytes|no more than the host gives), got \d+,[\d,]+ bytes to be reserved: /,
    );
    assert.match(message, share);
    assert.ok(milliseconds < 2000, String(milliseconds));
  }
});

test("names the option whose least value would save most, of both kinds of agent", async () => {
  for (const model of ["observed", "latent"] as const) {
    const settings = model === "latent" ? resolveOptions({ model }) : resolveOptions();
    const bytesOf = ({ candidates, hidden }: typeof settings) => 1e9 * candidates + 5e9 * hidden.length;
    const [message] = await refusal(() => createRoom<typeof settings>(settings, bytesOf));
    assert.match(message, "`candidates: 32` takes 28,000,000,000 bytes of them");
  }
});

test("addresses beyond 2 GiB are as good as others: an agent of 6e7 transitions acts, learns and is saved", async () => {
  const options = { ...small, memory: 6e7 };
  const { agent, environment } = await smallAgent("pendulum", options);
  const little = await smallAgent("pendulum");
  live(agent, environment, 60);
  live(little.agent, little.environment, 60);
  assert.equal(agent.act([1, 0, 0]), little.agent.act([1, 0, 0]));
  assert.ok(agent.save().length < 1e6);
});

test("observations of 84 × 84 numbers have room", async () => {
  const D = 84 * 84;
  const spaces = {
    observationSpace: box(new Float32Array(D), new Float32Array(D).fill(1)),
    actionSpace: box([-1], [1]),
  };
  const agent = await createAgent(spaces, { memory: 20_000 });
  assert.is((agent.act(new Float32Array(D).fill(0.5), { policy: "habit" }) as Float32Array).length, 1);
});
test.run();
