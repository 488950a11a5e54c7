import { test } from "uvu";
import * as assert from "uvu/assert";
import { bundle } from "../../../scripts/engines/bundle.ts";
import { browser, commandLine } from "../../../scripts/engines/hosts.ts";
import { RECORDED } from "../../../scripts/engines/scenario.ts";

const thisNode = { path: process.execPath, environment: {} };

test("the scenario gives the recorded fingerprint here, as one plain script", async () => {
  assert.is(await commandLine()(thisNode), RECORDED);
});

for (const entry of ["script", "page", "worker", "shell"] as const)
  test(`the script for a ${entry} is plain: it imports and exports nothing`, async () => {
    const script = await bundle(entry);
    assert.not.match(script, /^\s*(import|export)\b/m);
    const isGiven = entry === "worker" || entry === "shell";
    assert.is(/"[A-Za-z0-9+/]{10000,}=*"/.test(script), !isGiven, "whether it holds the kernels");
  });

test("says so when a program ends before it answers", async () => {
  const quits = { path: "/bin/false", environment: {} };
  const message = await browser(() => [])(quits).catch((error: Error) => error.message);
  assert.is(message, "ended with exit code 1 before it answered");
});

test("tells what a program complained of", async () => {
  const message = await commandLine("--no-such-option")(thisNode).catch((error: Error) => error.message);
  assert.match(message, /bad option: --no-such-option$/);
});

test.run();
