/** Values without a text of their own, wherever they come in: the sentence names what came, and nothing fails in writing it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OPTIONS } from "../../src/agent/options.ts";
import { createAgent, createEnvironment, createPlanner, discrete } from "../../src/index.ts";
import { tiger } from "../../src/problems.ts";

const textless = [{ toString: 1 }, Object.create(null), [Object.create(null)], Symbol("s"), 5n];
const world = (parts: object) =>
  ({
    observationSpace: discrete(2),
    actionSpace: discrete(2),
    reset: () => ({ observation: 0 }),
    step: () => ({ observation: 0, reward: 0, terminated: false, truncated: false }),
    ...parts,
  }) as never;

/** The message of what is thrown. */
async function sentence(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

test("options", async () => {
  for (const value of textless)
    for (const name of Object.keys(OPTIONS)) {
      const options = { [name]: value } as object;
      const message = await sentence(() => createAgent(world({}), options));
      assert.ok(/: expected/.test(message) && message.includes(name), message);
      assert.match(await sentence(() => createPlanner(tiger(), options)), /: expected/);
    }
});

test("spaces, lanes and names of worlds", async () => {
  for (const value of textless) {
    for (const space of [
      value,
      { kind: value },
      { kind: "discrete", n: value },
      { kind: "box", low: [value], high: [value] },
      { kind: "box", low: [0], high: [1], shape: value },
      { kind: "multiDiscrete", nvec: [value] },
      { kind: "tuple", spaces: [value] },
    ])
      assert.match(
        await sentence(() => createAgent(world({ observationSpace: space }), {})),
        /^observationSpace.*: expected/,
      );
    assert.match(await sentence(() => createEnvironment(value as never)), /^task: expected one of .*, got/);
  }
  const agent = await createAgent(world({}), { hidden: [8] });
  for (const lane of textless)
    assert.match(await sentence(() => agent.act(0, { lane } as never)), /^lane: expected a whole number/);
});

test.run();
