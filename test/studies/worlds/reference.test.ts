import { test } from "uvu";
import * as assert from "uvu/assert";
import { worlds } from "../../../studies/worlds/index.ts";
import {
  type Reference,
  referenceOf,
  references,
  STARTS,
  scoreOf,
} from "../../../studies/worlds/reference.ts";

const worldOf = (name: string) => {
  const world = worlds.find((one) => one.name === name);
  if (world === undefined) throw new Error(name);
  return world;
};

test("every world has a reference, better than chance, and no other", () => {
  assert.equal(
    Object.keys(references),
    worlds.map(({ name }) => name),
  );
  for (const [name, { returns, random, source, means }] of Object.entries(references)) {
    assert.is(returns.length, STARTS, name);
    const best = Math.max(...Object.values(means));
    assert.is(means[source], best, name);
    assert.ok(best > random, name);
  }
});

test("worlds that hide a part of their state are not planned", () => {
  for (const { name, isPartial } of worlds)
    assert.is(references[name].means.planning === undefined, isPartial === true, name);
});

for (const name of ["lamp", "breeze", "chain"])
  test(`${name}: the reference is what the command writes`, async () => {
    assert.equal(await referenceOf(worldOf(name)), references[name]);
  });

test("a published mean counts where it is better", async () => {
  const search = { horizon: 1, candidates: 2, rounds: 1, futures: 1 };
  const world = { ...worldOf("chain"), published: { return: 7, by: "somebody" } };
  const reference = await referenceOf(world, { starts: 2, search });
  assert.equal([reference.source, reference.returns, reference.means.controller], ["published", [7, 7], 1]);
});

test("a score is linear in the mean return, between chance and the reference on the same starts", () => {
  const known: Record<string, Reference> = {
    toy: { source: "controller", returns: [4, 8, 100], random: 2, means: { controller: 112 / 3 } },
  };
  assert.is(scoreOf("toy", [2, 2], known), 0);
  assert.is(scoreOf("toy", [8, 4], known), 1);
  assert.is(scoreOf("toy", [3], known), 0.5);
  assert.throws(() => scoreOf("toy", [1, 2, 3, 4], known), /returns: expected 3 or fewer, got 4/);
  assert.throws(() => scoreOf("other", [1], known), /world: expected one with a reference, got other/);
});

test.run();
