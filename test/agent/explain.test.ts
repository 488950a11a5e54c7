import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, loadAgent } from "../../src/index.ts";
import type { PlanExplanation } from "../../src/types.ts";
import { isSame, live, smallAgent } from "../helpers/smallAgent.ts";
import { latentAgent, makers } from "../helpers/smallLatentAgent.ts";

/** An agent whose plans are looked at each time. */
function inspected(agent: Agent): Agent {
  return {
    ...agent,
    act(...input) {
      const action = agent.act(...input);
      agent.explain();
      agent.explain({ lane: -1 });
      return action;
    },
  };
}

for (const [kind, make] of Object.entries(makers)) {
  test(`${kind}: a plan's paths begin where the agent is, and its weights sum to one`, async () => {
    const { agent, environment } = await make("pendulum", { candidates: 44 });
    live(agent, environment, 60);
    agent.reset();
    const { observation } = environment.reset({ seed: 3 });
    agent.act(observation);
    const { candidates, horizon, observations, weights } = agent.explain().plan as PlanExplanation;
    assert.equal([candidates, horizon, observations.length], [44, 6, 44 * 7 * 3]);
    assert.ok(observations.every(Number.isFinite));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    assert.ok(Math.abs(sum - 1) < 44 * 2 ** -23, `${sum}`);
    const starts = Array.from({ length: 44 }, (_, c) => observations.subarray(c * 21, c * 21 + 3));
    for (const start of starts) assert.equal(start, starts[0]);
    // what a belief would see is what its small model makes of a latent; a state is seen as it is, but for its scaling
    if (kind === "observed")
      for (let d = 0; d < 3; d++)
        assert.ok(Math.abs(starts[0][d] - observation[d]) < 1e-5, `${starts[0]}; ${observation}`);
    const ends = new Set(Array.from({ length: 44 }, (_, c) => observations[c * 21 + 20]));
    assert.ok(ends.size > 20, `${ends.size} ends`);
  });

  for (const options of [{}, ...(kind === "latent" ? [{ klBudget: 0.3, essShare: 1e-6 }] : [])])
    test(`${kind}: what a plan concludes follows from its weights ${JSON.stringify(options)}`, async () => {
      const { agent, environment } = await make("pendulum", { candidates: 44, ...options } as object);
      live(agent, environment, 60);
      agent.reset();
      agent.act(environment.reset({ seed: 3 }).observation);
      const { weights, scores, posterior, value, temperature, effectiveSampleSize } = agent.explain()
        .plan as PlanExplanation;
      const sumOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0);
      // sums of 44 f32 products, each rounded to 2⁻²⁴ of it, and what exp rounds
      assert.ok(Math.abs(sumOf(posterior) - 1) < 44 * 2 ** -23);
      const mean = sumOf(weights.map((weight, c) => weight * scores[c]));
      assert.ok(Math.abs(value - mean) < 1e-5 * (1 + Math.abs(mean)), `${value}, ${mean}`);
      const size = 1 / sumOf(weights.map((weight) => weight * weight));
      assert.ok(Math.abs(effectiveSampleSize / size - 1) < 1e-4, `${effectiveSampleSize}, ${size}`);
      // log w = S / η + constant
      const [best, other] = [...weights.keys()].sort((a, b) => weights[b] - weights[a]);
      const slope = Math.log(weights[best] / weights[other]) / (scores[best] - scores[other]);
      assert.ok(Math.abs(slope * temperature - 1) < 0.01, `${1 / slope}, ${temperature}`);
    });

  test(`${kind}: says how the last action was chosen, in each lane`, async () => {
    const { agent } = await make("pendulum");
    const chosen = (lane?: number) => agent.explain({ lane: lane ?? 0 }).chosenBy;
    const observation = [1, 0, 0.5];
    assert.is(chosen(), undefined);
    agent.act(observation, { explore: true });
    assert.is(chosen(), "chance");
    agent.act(observation, { policy: "habit", explore: true });
    assert.is(chosen(), "habit");
    agent.act(observation);
    assert.equal([chosen(), chosen(-1)], ["plan", undefined]);
    agent.act(observation, { policy: "habit", lane: -1 });
    assert.equal([chosen(), chosen(-1)], ["plan", "habit"]);
    assert.ok(agent.explain().plan);
    assert.is(agent.explain({ plan: false }).plan, undefined);
    // the other lane's plan is now in the workspaces
    agent.act(observation, { lane: -1 });
    assert.is(agent.explain().plan, undefined);
    assert.ok(agent.explain({ lane: -1 }).plan);
    agent.reset(-1);
    assert.equal([chosen(), chosen(-1)], ["plan", undefined]);
  });

  for (const informationWeight of [0, 0.2])
    test(`${kind}: with β = ${informationWeight} looking changes nothing that is acted, learned or saved`, async () => {
      const options = { informationWeight };
      const [one, other] = [await make("pendulum", options), await make("pendulum", options)];
      live(one.agent, one.environment, 60);
      live(inspected(other.agent), other.environment, 60);
      assert.ok(isSame(one.agent.save(), other.agent.save()));
    });

  test(`${kind}: the scores are what the weights come from, and information has its part`, async () => {
    // futures that are all alike leave nothing to find out
    const unlike = kind === "latent" ? { simulatesNoise: true } : {};
    const { agent, environment } = await make("pendulum", { informationWeight: 0.2, ...unlike });
    live(agent, environment, 60);
    agent.reset();
    agent.act(environment.reset({ seed: 3 }).observation);
    const first = agent.explain().plan as PlanExplanation;
    // a second look sees the same
    assert.equal(agent.explain().plan, first);
    const { scores, informationScores, weights } = first;
    assert.ok(scores.every(Number.isFinite) && informationScores.some((part) => part !== 0));
    // w ∝ exp(S / η): log w is a line in S
    const [best, other, third] = [...weights.keys()].sort((a, b) => weights[b] - weights[a]);
    const slope = (a: number, b: number) => Math.log(weights[a] / weights[b]) / (scores[a] - scores[b]);
    assert.ok(slope(best, other) > 0 && Math.abs(slope(best, third) / slope(best, other) - 1) < 0.01);
  });

  test(`${kind}: where information has no weight it adds nothing`, async () => {
    const { agent, environment } = await make("pendulum");
    live(agent, environment, 60);
    agent.reset();
    agent.act(environment.reset({ seed: 3 }).observation);
    assert.ok((agent.explain().plan as PlanExplanation).informationScores.every((part) => part === 0));
  });

  test(`${kind}: there is nothing to look at before a plan, after learning, and after the habit acted`, async () => {
    const { agent, environment } = await make("pendulum");
    assert.is(agent.explain().plan, undefined);
    live(agent, environment, 30);
    assert.is(agent.explain().plan, undefined);
    agent.reset();
    const { observation } = environment.reset({ seed: 1 });
    agent.act(observation);
    assert.ok(agent.explain().plan);
    agent.act(observation, { policy: "habit" });
    assert.is(agent.explain().plan, undefined);
  });

  for (const [from, to] of [
    [0, 0.2],
    [0.2, 0],
  ])
    test(`${kind}: configured from ${from} to ${to}, an agent is one that was made so, also when saved`, async () => {
      const made = await make("pendulum", { informationWeight: to });
      const configured = await make("pendulum", { informationWeight: from });
      configured.agent.configure({ informationWeight: to });
      assert.is(configured.agent.options.informationWeight, to);
      for (const { agent, environment } of [made, configured]) live(agent, environment, 50);
      assert.ok(isSame(made.agent.save(), configured.agent.save()));
      const loaded = await loadAgent(configured.agent.save());
      loaded.configure({ informationWeight: from });
      assert.is(loaded.options.informationWeight, from);
    });

  test(`${kind}: names what it cannot change, and changes nothing then`, async () => {
    const { agent } = await make("pendulum");
    for (const [adjustments, type, message] of [
      [{ horizon: 3 }, TypeError, "adjustments: expected informationWeight, got horizon"],
      [{ informationWeight: -1 }, RangeError, "informationWeight: expected"],
      [{ informationWeight: Number.NaN }, RangeError, "informationWeight: expected"],
    ] as const)
      assert.throws(
        () => agent.configure(adjustments as never),
        (error: Error) => error instanceof type && error.message.startsWith(message),
      );
    agent.configure({});
    assert.is(agent.options.informationWeight, 0);
  });
}

test("the weight of information changes what is planned", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  const { observation } = environment.reset({ seed: 1 });
  const torque = (informationWeight: number) => {
    agent.configure({ informationWeight });
    agent.reset();
    return (agent.act(observation) as Float32Array)[0];
  };
  assert.is.not(torque(0), torque(5));
});

test("a belief's particles have its mean, and are seen as observations", async () => {
  const { agent, environment } = await latentAgent("pendulum-position", { warmupUpdates: 200 });
  live(agent, environment, 60);
  agent.reset();
  const { observation } = environment.reset({ seed: 5 });
  agent.act(observation);
  const belief = agent.explain().belief;
  if (belief === undefined) throw new Error("belief: expected one after acting, got none");
  const { particles, weights, mean, observations } = belief;
  assert.equal([particles.length, weights.length, observations.length], [32 * 8, 32, 32 * 2]);
  for (let d = 0; d < 8; d++) {
    const sum = weights.reduce((total, weight, n) => total + weight * particles[n * 8 + d], 0);
    assert.ok(Math.abs(sum - mean[d]) < 1e-5 * (1 + Math.abs(mean[d])));
  }
  // what was seen explains the particles: they see it within the 2 units that the circle spans
  const seen = observations.reduce((total, x, i) => total + Math.abs(x - observation[i % 2]), 0) / 64;
  assert.ok(seen < 0.3, `${seen}`);
});

test.run();
