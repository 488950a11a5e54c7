import { test } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../src/cli/library.ts";
import {
  createAgent,
  createEnvironment,
  environments,
  evaluate,
  loadAgent,
  resume,
  train,
} from "../../src/index.ts";

test("is the package's own functions", () => {
  const own = { createAgent, createEnvironment, environments, evaluate, loadAgent, resume, train };
  const { planMemory, workerThreads, ...rest } = library;
  assert.equal(rest, own);
  assert.equal([typeof planMemory, typeof workerThreads], ["function", "function"]);
});

test.run();
