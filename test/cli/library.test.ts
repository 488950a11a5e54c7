import { test } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../src/cli/library.ts";
import { createWorld } from "../../src/cli/worlds.ts";
import { createAgent, environments, evaluate, loadAgent, resume, train } from "../../src/index.ts";

test("is the package's own functions", () => {
  const own = {
    createAgent,
    createEnvironment: createWorld,
    environments,
    evaluate,
    loadAgent,
    resume,
    train,
  };
  const { planMemory, workerThreads, fastKernels, ...rest } = library;
  assert.equal(rest, own);
  for (const own of [planMemory, workerThreads, fastKernels]) assert.type(own, "function");
});

test.run();
