import { test } from "uvu";
import * as assert from "uvu/assert";
import { bundle } from "../../../scripts/engines/bundle.ts";
import { engines } from "../../../scripts/engines/engines.ts";
import { RECORDED } from "../../../scripts/engines/scenario.ts";

/** Runs the scenario as in a host, with another program. */
function runAs(host: string, path: string): Promise<string> {
  const [engine] = engines.filter(({ name }) => name === host);
  return engine.run({ path, environment: {} });
}

test("the scenario gives the recorded fingerprint here, as one plain script", async () => {
  assert.is(await runAs("node20", process.execPath), RECORDED);
});

for (const entry of ["script", "page", "worker", "shell"] as const)
  test(`the script for a ${entry} is plain: it imports and exports nothing`, async () => {
    const script = await bundle(entry);
    assert.not.match(script, /^\s*(import|export)\b/m);
    const isGiven = entry === "worker" || entry === "shell";
    assert.is(/"[A-Za-z0-9+/]{10000,}=*"/.test(script), !isGiven, "whether it holds the kernels");
  });

for (const host of ["workerd", "firefox"])
  test(`says so when ${host} ends before it answers`, async () => {
    const message = await runAs(host, "/bin/false").catch((error: Error) => error.message);
    assert.is(message, "ended with 1 before it answered");
  });

test.run();
