/** Particles imagine what tables say exactly. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { scalarMath } from "../../../src/core/math.ts";
import { allocateCloudWork, cloudImagination } from "../../../src/inference/closed/cloud.ts";
import { exactImagination } from "../../../src/inference/closed/exactBeliefs.ts";
import type { Imagination, Outcome } from "../../../src/inference/closed/nodes.ts";
import { shapeOf } from "../../../src/models/functions/model.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { core, functionsOfTables } from "../../helpers/functions.ts";

const SURE = 0.85;
const functions = functionsOfTables(tiger());

function outcomes<Imagined>(
  { step }: Imagination<Imagined>,
  belief: Imagined,
  { action, count }: { readonly action: number; readonly count: number },
) {
  const taken = step(belief, Float32Array.of(action), 1);
  const all: Outcome<Imagined>[] = [];
  for (let k = 0; k < count; k++) {
    const outcome = taken.next();
    if (outcome) all.push(outcome);
  }
  return { ...taken, all };
}

const exact = exactImagination(tiger(), scalarMath(core));
const clouds = cloudImagination(core, functions, {
  shape: shapeOf(functions),
  work: allocateCloudWork(core, 64),
  seed: 1,
});
const states = Float32Array.from({ length: 64 }, (_, n) => Number(n >= 32));
const belief = () => clouds.from(states, new Float32Array(64));

test("a listener at even odds hears either side, and believes it with .85", () => {
  const { all, reward, continuing } = outcomes(exact, Float64Array.of(0.5, 0.5), { action: 0, count: 5 });
  assert.equal([all.length, reward, continuing], [2, -1, 1]);
  assert.equal(
    all.map(({ mass, symbol }) => [mass, symbol]),
    [
      [0.5, 0],
      [0.5, 1],
    ],
  );
  assert.ok(Math.abs(all[0].belief[0] - SURE) < 1e-12);
  // ln 2 − H(.85)
  for (const { nats } of all) assert.ok(Math.abs(nats - 0.270438) < 1e-6, `${nats}`);
});

test("particles find the same, for what persists is not drawn anew", () => {
  clouds.reset();
  const { all, reward, continuing } = outcomes(clouds, belief(), { action: 0, count: 8 });
  assert.ok(Math.abs(reward + 1) < 1e-6 && Math.abs(continuing - 1) < 1e-6);
  assert.is(all.length, 8);
  for (const { belief: after, nats, symbol } of all) {
    const left = after.weights.reduce((sum, w, n) => sum + w * (1 - after.states[n]), 0);
    assert.ok(Math.abs(left - (symbol === 0 ? SURE : 1 - SURE)) < 1e-5, `${left}`);
    assert.ok(Math.abs(nats - 0.270438) < 1e-4, `${nats}`);
  }
  const heard = all.map(({ symbol }) => symbol);
  assert.ok(heard.includes(0) && heard.includes(1));
});

test("steps of equal keys meet the same chance, others another", () => {
  clouds.reset();
  const cloud = belief();
  const heard = (key: number) => {
    const step = clouds.step(cloud, Float32Array.of(0), key);
    return Array.from({ length: 16 }, () => step.next()?.symbol);
  };
  assert.equal(heard(5), heard(5));
  assert.not.equal(heard(5), heard(6));
});

test("opening a door pays what is behind it, and what is then believed is anything", () => {
  clouds.reset();
  const open = outcomes(clouds, clouds.from([0, 1], [Math.log(SURE), Math.log(1 - SURE)]), {
    action: 2,
    count: 1,
  });
  assert.ok(Math.abs(open.reward - (SURE * 10 - (1 - SURE) * 100)) < 1e-4, `${open.reward}`);
  // 64 particles of one half: 4σ = .25
  assert.ok(Math.abs(open.moments().mean[0] - 0.5) < 0.25);
  const table = outcomes(exact, Float64Array.of(SURE, 1 - SURE), { action: 2, count: 1 });
  assert.ok(Math.abs(table.reward - open.reward) < 1e-4);
});

test.run();
