import { test } from "uvu";
import * as assert from "uvu/assert";
import { fastKernels, findKernels } from "../../src/core/fastKernels.ts";
import { createAgent, createEnvironment, type Options } from "../../src/index.ts";

test("kernels are found at the first place that has any, from the library's file on", async () => {
  const module = await findKernels(["./none.wasm", "../../build/release.wasm"]);
  assert.ok(module instanceof WebAssembly.Module);
  assert.is(await findKernels(["./none.wasm"]), undefined);
  assert.is(await findKernels([]), undefined);
});

test("what is no build of the kernels is none", async () => {
  assert.is(await findKernels(["./core.ts", "../../build/release.wasm"]), undefined);
});

test("an agent may ask for fast kernels: others keep the exact ones, and where there are none so does it", async () => {
  const environment = await createEnvironment("pendulum");
  const { observation } = environment.reset({ seed: 1 });
  const first = async (options: Options & { fast?: boolean }) => {
    const agent = await createAgent(environment, { seed: 1, warmup: 1, ...options });
    const action = (agent.act(observation) as Float32Array)[0];
    const { module } = (agent.state as { core: { module: WebAssembly.Module } }).core;
    return { action, module };
  };
  const [fast, exact] = [await first({ fast: true }), await first({})];
  const kernels = await fastKernels();
  assert.is(fast.module === exact.module, kernels === undefined);
  assert.is(fast.module, kernels ?? exact.module);
  // a product and its sum are rounded once instead of twice
  assert.ok(Math.abs(fast.action - exact.action) < 1e-3, `${fast.action}, ${exact.action}`);
  await createAgent(environment, { fast: 1 as unknown as boolean }).then(
    () => assert.unreachable("accepted"),
    (error: Error) => assert.is(error.message, "fast: expected true or false, got 1"),
  );
});

test.run();
