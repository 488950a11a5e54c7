/** Trajectories recorded from Gymnasium itself by `test/adapters/mujoco/golden/record.py`, and their comparison with a ready world. */
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { mujocoEnvironment } from "../../src/adapters/mujoco/environment.ts";
import { type MujocoTask, mujocoTasks } from "../../src/adapters/mujoco/tasks.ts";
import { maxAbsError } from "../reference/kernels.ts";

/** Row t of states, observations, rewards and terminated came after actions[t]. */
interface Trajectory {
  readonly policy: string;
  readonly qpos: readonly number[];
  readonly qvel: readonly number[];
  readonly start: readonly number[];
  readonly actions: readonly (readonly number[])[];
  /** Positions, velocities. */
  readonly states: readonly (readonly number[])[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
}

interface Golden {
  readonly name: string;
  readonly facts: {
    readonly dt: number;
    readonly timeLimit: number;
    readonly low: readonly number[];
    readonly high: readonly number[];
  };
  readonly trajectories: readonly Trajectory[];
}

/**
 * Registers the comparison of a ready world with every trajectory of its golden file.
 *
 * @param tolerance of states after 40 steps of the same start: the native build rounds otherwise, and contacts make it grow
 */
export function testGolden(task: MujocoTask, tolerance: number): void {
  const url = new URL(`../adapters/mujoco/golden/${task}.json`, import.meta.url);
  const { name, facts, trajectories } = JSON.parse(readFileSync(url, "utf8")) as Golden;
  const description = mujocoTasks[task];

  test(`${task} has the actions, the time limit and the step of ${name}`, async () => {
    const world = await mujocoEnvironment(task);
    assert.equal([...world.actionSpace.low], facts.low);
    assert.equal([...world.actionSpace.high], facts.high);
    assert.is(description.timeLimit, facts.timeLimit);
    const step = world.physics.timestep * (description.frameSkip ?? 1);
    assert.ok(Math.abs(step - facts.dt) < 1e-12, `${step}`);
    world.close();
  });

  for (const { policy, qpos, qvel, start, actions, ...recorded } of trajectories)
    test(`${task} repeats ${actions.length} steps of ${name} by "${policy}"`, async () => {
      const world = await mujocoEnvironment({
        ...description,
        // the recording goes on after an end
        terminated: () => false,
        reset({ positions, velocities }) {
          positions.set(qpos);
          velocities.set(qvel);
        },
      });
      assert.ok(maxAbsError(world.reset({ seed: 1 }).observation, start) < 1e-6);
      actions.forEach((action, t) => {
        const { observation, reward } = world.step(Float32Array.from(action));
        const { positions, velocities } = world.physics;
        const state = recorded.states[t].slice(0, positions.length + velocities.length);
        const error = maxAbsError([...positions, ...velocities], state);
        assert.ok(error <= tolerance, `state at ${t}: ${error}`);
        const scale = Math.max(1, ...recorded.observations[t].map(Math.abs));
        const seen = maxAbsError(observation, recorded.observations[t]);
        assert.ok(seen <= tolerance + 1e-7 * scale, `observation at ${t}: ${seen}`);
        const paid = Math.abs(reward - recorded.rewards[t]);
        assert.ok(paid <= 1000 * tolerance, `reward at ${t}: ${paid}`);
        assert.is(description.terminated?.(world.physics) ?? false, recorded.terminated[t], `ended at ${t}`);
      });
      world.close();
    });

  test(`${task} begins where the recorded start lies, and two seeds begin apart`, async () => {
    const world = await mujocoEnvironment(task);
    const starts = [1, 2, 1].map((seed) => [...world.reset({ seed }).observation]);
    assert.is(starts[0].length, trajectories[0].start.length);
    assert.equal(starts[0], starts[2]);
    assert.not.equal(starts[0], starts[1]);
    world.close();
  });
}
