import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  cartPoleSwingUp,
  cartPoleSwingUpRate,
  cartPoleSwingUpStep,
} from "../../src/environments/cartPoleSwingUp.ts";
import { tools } from "../helpers/worldTools.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

const { math } = tools;
const [CART, POLE, LENGTH, FRICTION, GRAVITY] = [0.5, 0.5, 0.5, 0.1, 9.81];

/** ½(m₁ + m₂)v² + ½ m₂ l v ω cos θ + ⅙ m₂ l² ω² − ½ m₂ g l cos θ: a cart and a uniform pole. */
function energy([, velocity, angle, rotation]: readonly number[]): number {
  return (
    0.5 * (CART + POLE) * velocity ** 2 +
    0.5 * POLE * LENGTH * velocity * rotation * Math.cos(angle) +
    (POLE * LENGTH ** 2 * rotation ** 2) / 6 -
    0.5 * POLE * GRAVITY * LENGTH * Math.cos(angle)
  );
}

/** A trial under a force that jumps between ±10 N: as fast as this system gets. */
function trial(seed: number, visit: (state: readonly number[], force: number) => void): void {
  const uniform = mulberry32(seed);
  let state: readonly number[] = [0, 0, 0, 0];
  let force = 0;
  for (let t = 0; t < 60; t++) {
    if (uniform() < 0.3) force = uniform() < 0.5 ? -10 : 10;
    visit(state, force);
    state = cartPoleSwingUpStep(state, force, math).state;
  }
}

test("the rates solve Lagrange's equations", () => {
  const uniform = mulberry32(1);
  for (let i = 0; i < 100; i++) {
    const state = Array.from({ length: 4 }, () => 10 * uniform() - 5);
    const [, velocity, angle, rotation] = state;
    const force = 20 * uniform() - 10;
    const [dPosition, linear, dAngle, angular] = cartPoleSwingUpRate(state, force, math);
    assert.equal([dPosition, dAngle], [velocity, rotation]);
    // (m₁ + m₂) x'' + ½ m₂ l (θ'' cos θ − ω² sin θ) = u − b v
    const spin = angular * Math.cos(angle) - rotation ** 2 * Math.sin(angle);
    const cart = (CART + POLE) * linear + 0.5 * POLE * LENGTH * spin;
    assert.ok(Math.abs(cart - (force - FRICTION * velocity)) < 1e-12);
    // ½ x'' cos θ + ⅓ l θ'' + ½ g sin θ = 0
    const pole = 0.5 * linear * Math.cos(angle) + (LENGTH * angular) / 3 + 0.5 * GRAVITY * Math.sin(angle);
    assert.ok(Math.abs(pole) < 1e-12);
  }
});

test("the energy changes by the work of the force less that of the friction", () => {
  const uniform = mulberry32(2);
  const h = 1e-5;
  for (let i = 0; i < 20; i++) {
    const state = Array.from({ length: 4 }, () => 4 * uniform() - 2);
    const force = 20 * uniform() - 10;
    const rate = cartPoleSwingUpRate(state, force, math);
    const at = (step: number) => energy(state.map((value, d) => value + step * rate[d]));
    const power = (at(h) - at(-h)) / (2 * h);
    assert.ok(Math.abs(power - (force - FRICTION * state[1]) * state[1]) < 1e-6);
  }
});

test("hanging and standing still are equilibria, and only hanging is stable", () => {
  for (const angle of [0, Math.PI])
    assert.ok(maxAbsError(cartPoleSwingUpRate([0.3, 0, angle, 0], 0, math), [0, 0, 0, 0]) < 1e-14);
  const angleAfterASecond = (start: number) => {
    let state: readonly number[] = [0, 0, start, 0];
    for (let t = 0; t < 20; t++) state = cartPoleSwingUpStep(state, 0, math).state;
    return state[2];
  };
  assert.ok(Math.abs(angleAfterASecond(0.01)) < 0.011);
  assert.ok(Math.abs(angleAfterASecond(Math.PI - 0.01) - Math.PI) > 0.1);
});

test("half the substep moves the state by less than 1e-7", () => {
  let fastest = 0;
  for (let seed = 0; seed < 50; seed++)
    trial(seed, (state, force) => {
      const whole = cartPoleSwingUpStep(state, force, math).state;
      const halved = cartPoleSwingUpStep(state, force, math, 100).state;
      fastest = Math.max(fastest, Math.abs(whole[3]));
      assert.ok(maxAbsError(whole, halved) < 1e-7);
    });
  assert.ok(fastest > 20, `rad/s, got ${fastest}`);
});

test("the reward is minus the published cost of the angle wrapped to (−π, π]", () => {
  const reward = (position: number, angle: number) => {
    const { state, reward } = cartPoleSwingUpStep([position, 0, angle, 0], 0, math);
    // Nothing but the equilibrium may move in .05 s.
    assert.ok(maxAbsError(state, [position, 0, angle, 0]) < 1e-12);
    return reward;
  };
  const hanging = Math.exp(-((Math.PI / 3) ** 2)) - 1;
  for (const [angle, expected] of [
    [0, hanging],
    [Math.PI, 0],
    [-Math.PI, 0],
    [3 * Math.PI, 0],
    [2 * Math.PI, hanging],
  ])
    assert.ok(Math.abs(reward(0, angle) - expected) < 1e-12, `θ = ${angle}`);
  assert.ok(Math.abs(reward(0.7, Math.PI) - (Math.exp(-0.49) - 1)) < 1e-12);
});

test("a force beyond 10 N counts as 10 N", () => {
  const step = (force: number) => cartPoleSwingUpStep([0, 0, 1, 0], force, math);
  assert.equal(step(25), step(10));
  assert.equal(step(-25), step(-10));
});

test("measurements have a standard deviation of .01 in each of the four states", () => {
  const world = cartPoleSwingUp(tools);
  const truth = [0.2, -0.4, 2, 1.5];
  const N = 4000;
  const squares = [0, 0, 0, 0];
  for (let n = 0; n < N; n++) {
    const [position, velocity, cos, sin, rotation] = Array.from(world.setState(truth).observation);
    [position, velocity, Math.atan2(sin, cos), rotation].forEach((value, d) => {
      squares[d] += (value - truth[d]) ** 2 / N;
    });
  }
  // The standard error of a variance is √(2/N) of it; four of them.
  for (const square of squares) assert.ok(Math.abs(square / 1e-4 - 1) < 4 * Math.sqrt(2 / N));
});

test("starts are spread around hanging with a standard deviation of .01", () => {
  const world = cartPoleSwingUp(tools);
  const N = 4000;
  const squares = [0, 0, 0, 0];
  for (let n = 0; n < N; n++) {
    world.reset();
    world.state().forEach((value, d) => {
      squares[d] += value ** 2 / N;
    });
  }
  for (const square of squares) assert.ok(Math.abs(square / 1e-4 - 1) < 4 * Math.sqrt(2 / N));
});

test("the info tells from the true state whether the pole stands, and how far its tip is from its place", () => {
  const world = cartPoleSwingUp(tools);
  const info = (state: number[]) => world.setState(state).info as { upright: boolean; tipDistance: number };
  assert.is(info([0, 0, Math.PI - 0.19, 0]).upright, true);
  assert.is(info([0, 0, -Math.PI - 0.19, 0]).upright, true);
  assert.is(info([0, 0, 3 * Math.PI, 0]).upright, true);
  assert.is(info([0, 0, Math.PI - 0.21, 0]).upright, false);
  assert.is(info([0, 0, 0, 0]).tipDistance, 1);
  assert.ok(Math.abs(info([0.3, 0, Math.PI, 0]).tipDistance - 0.3) < 1e-15);
  assert.ok(Math.abs(info([-0.5, 0, Math.PI / 2, 0]).tipDistance - 0.5) < 1e-15);
});

test("a trial lasts 60 steps", () => {
  const world = cartPoleSwingUp(tools);
  world.reset({ seed: 1 });
  for (let t = 1; t <= 60; t++) {
    const { terminated, truncated } = world.step([5]);
    assert.equal([terminated, truncated], [false, t === 60]);
  }
});
test.run();
