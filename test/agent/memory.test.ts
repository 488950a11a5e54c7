import { test } from "uvu";
import * as assert from "uvu/assert";
import { createLatentState } from "../../src/agent/latent/state.ts";
import { type MemoryPlan, memoryOf, planMemory } from "../../src/agent/memory.ts";
import { createObservedState } from "../../src/agent/observed/state.ts";
import { resolveOptions } from "../../src/agent/options.ts";
import { createEnvironment, environments } from "../../src/index.ts";
import { small } from "../helpers/smallAgent.ts";
import { small as smallLatent } from "../helpers/smallLatentAgent.ts";

const bytesOf = ({ parts }: MemoryPlan, name: string) => parts.find((part) => part.name === name)?.bytes;

/** Bytes of an array in the arena. */
const taken = ({ byteLength }: Float32Array | Uint32Array) => Math.ceil(byteLength / 16) * 16;

/** Of everything but what is not used. */
const used = (plan: MemoryPlan) => plan.bytes - (bytesOf(plan, "not used") ?? 0);

test("the parts of an agent's memory are what its arena has reserved, to the byte", async () => {
  const state = await createObservedState(await createEnvironment("pendulum"), resolveOptions(small));
  const plan = memoryOf(state);
  assert.is(used(plan), state.core.kernels.mark());
  assert.is(plan.bytes, state.core.kernels.memory.buffer.byteLength);
  assert.is(plan.pages, plan.bytes / 65536);
  const { experience, firsts, returns, model, learner, lessons, valueLessons } = state;
  const { table, terminals, rare } = experience;
  const lists = [terminals.list, rare.list, firsts.values, returns.table, returns.rewards];
  assert.is(
    bytesOf(plan, "experience"),
    lists.map(taken).reduce((sum, bytes) => sum + bytes, taken(table)),
  );
  assert.is(bytesOf(plan, "lessons"), taken(lessons.table) + taken(valueLessons.table));
  assert.is(
    bytesOf(plan, "model parameters"),
    taken(model.dynamics.parameters) + taken(model.dynamics.shape),
  );
  const trainers = [learner.dynamics, learner.habit, learner.value];
  const moments = trainers.map(({ first, second }) => taken(first) + taken(second));
  assert.is(
    bytesOf(plan, "optimiser state"),
    moments.reduce((sum, bytes) => sum + bytes),
  );
});

test("so are those of an agent with a belief", async () => {
  const options = resolveOptions(smallLatent);
  const state = await createLatentState(await createEnvironment("pendulum-position"), options);
  const plan = memoryOf(state);
  assert.is(used(plan), state.core.kernels.mark());
  const { table, ages, terminals } = state.sequences;
  const returns = taken(state.returns.table) + taken(state.returns.rewards);
  const firsts = taken(state.firsts.values);
  assert.is(
    bytesOf(plan, "experience"),
    taken(table) + taken(ages) + taken(terminals.list) + firsts + returns,
  );
});

test("every array of every built-in agent has a purpose, and the largest part comes first", async () => {
  for (const { name, isPartial } of environments) {
    const model = isPartial ? "latent" : "observed";
    const { parts, bytes, pages } = await planMemory(await createEnvironment(name), { model });
    const sizes = parts.map((part) => part.bytes);
    assert.is(
      sizes.reduce((sum, size) => sum + size),
      bytes,
    );
    assert.equal(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
    assert.ok(sizes.every((size) => size > 0) && Number.isInteger(pages), name);
  }
});

test("an array for nothing known is named", async () => {
  const state = await createObservedState(await createEnvironment("pendulum"), resolveOptions(small));
  const { buffer } = state.core.kernels.memory;
  assert.throws(
    () => memoryOf({ core: state.core, hoard: [new Uint32Array(buffer, 4096, 4)] } as never),
    "memory: expected a purpose of every array, got none for hoard.0",
  );
});

test.run();
