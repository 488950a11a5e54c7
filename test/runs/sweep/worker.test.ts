import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { small } from "../../helpers/smallAgent.ts";

const program = fileURLToPath(new URL("../../../src/runs/sweep/worker.ts", import.meta.url));
const { seed: _, ...options } = small;

test("a process answers each trial with its result or its fault, and ends when its parent lets go", async () => {
  const child = fork(program, [], { serialization: "advanced" });
  const ask = async (world: unknown) => {
    child.send({
      trial: { world, options, seed: 1, steps: 30, episodes: 1 },
      version: "1",
      base: new URL("worlds/", import.meta.url).href,
    });
    const [answer] = await once(child, "message");
    return answer;
  };
  const { result } = await ask("pendulum");
  assert.equal([result.world, result.planner.length], ["pendulum", 1]);
  assert.equal(await ask({ module: "./ring.mjs", export: "broken", version: "1" }), {
    fault: "the ring is broken",
    isMissing: false,
  });
  const ended = once(child, "exit");
  child.disconnect();
  assert.equal(await ended, [0, null]);
});

test("a process in the middle of a trial ends, too, when its parent lets go", async () => {
  const child = fork(program, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const trial = {
    world: { module: "./ring.mjs", export: "endless", version: "1" },
    options,
    seed: 1,
    steps: 30,
  };
  child.send({ trial, version: "1", base: new URL("worlds/", import.meta.url).href });
  child.send({ trial: { ...trial, world: { ...trial.world, export: "broken" } }, version: "1", base: "" });
  // the second is refused at once; by then the first waits
  await once(child, "message");
  const ended = once(child, "exit");
  child.disconnect();
  assert.equal(await ended, [0, null]);
});

test.run();
