import { test } from "uvu";
import * as assert from "uvu/assert";
import { answering, serveAgent } from "../../../src/agent/remote/serve.ts";
import { createEnvironment } from "../../../src/index.ts";
import { small } from "../../helpers/smallAgent.ts";

test("answers with what it was asked, and with what may have changed", async () => {
  const answer = answering();
  const early = await answer({ id: 1, member: "act", words: [[1, 0, 0]] });
  assert.equal(early, {
    id: 1,
    error: { name: "Error", message: "worker: expected an agent to be made first, got none" },
  });
  const { observationSpace, actionSpace } = await createEnvironment("pendulum");
  const made = await answer({ id: 2, member: "create", words: [{ observationSpace, actionSpace }, small] });
  assert.equal([made.id, made.agent?.steps, "error" in made], [2, 0, false]);
  const acted = await answer({ id: 3, member: "act", words: [[1, 0, 0]] });
  assert.instance("value" in acted && acted.value, Float32Array);
});

test("is refused outside of a worker", () => {
  assert.throws(
    () => serveAgent(),
    (error: Error) => error.message === "serveAgent: expected to be called in a worker, got a main thread",
  );
});

test.run();
