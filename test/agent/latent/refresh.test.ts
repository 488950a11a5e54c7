import { test } from "uvu";
import * as assert from "uvu/assert";
import { blurred, followResiduals } from "../../../src/agent/latent/refresh.ts";

test("learned variances move a fiftieth of the way to the squared errors, and stay above a least", () => {
  const std = Float32Array.of(1, 0.5, 0.005);
  followResiduals(std, Float32Array.of(4, 0.25, 0));
  assert.ok(Math.abs(std[0] - Math.sqrt(1 + 0.02 * 3)) < 1e-6);
  assert.ok(Math.abs(std[1] - 0.5) < 1e-6);
  assert.ok(Math.abs(std[2] - 0.005) < 1e-9);
});

test("errors of the same size become the deviation", () => {
  const std = Float32Array.of(1);
  for (let i = 0; i < 1000; i++) followResiduals(std, Float32Array.of(0.09));
  assert.ok(Math.abs(std[0] - 0.3) < 1e-6);
});

const least = (d: number) => (d === 2 ? 0.05 : 0.005);
const carried = (shares: ArrayLike<number>, std: Float32Array) =>
  std.reduce((sum, each, d) => sum + 0.5 * Math.log(1 + shares[d] / each ** 2), 0);

test("what a latent has room for stays sharp", () => {
  // two positions and a reward: ½ log(1 + .01 / .005²) = 3 nats each, and 2
  const shares = Float32Array.of(0.01, 0.01, 0.1);
  assert.equal([...blurred(Math, shares, least, 8)], [...Float32Array.of(0.005, 0.005, 0.05)]);
});

test("noise is blurred until the latent has room for it, by the share that nothing foresees", () => {
  const shares = new Float32Array(24).fill(1);
  shares.set([0.001, 0.5, 0.5]);
  const std = blurred(Math, shares, least, 8);
  assert.ok(Math.abs(std[0] - 0.005) < 1e-6);
  assert.ok(std[3] > 0.4 && std[3] < 1, `${std[3]}`);
  assert.ok(Math.abs(std[1] - 0.5 * std[3]) < 1e-6);
  assert.ok(Math.abs(carried(shares, std) - 12) < 0.01);
  // no more than all of the variance, however much there is
  assert.ok(blurred(Math, new Float32Array(200).fill(1), least, 4).every((each) => each <= 1));
});

test.run();
