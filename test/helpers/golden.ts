/** Trajectories recorded from Gymnasium itself, kept beside the repository; without them their tests are skipped. */
import { existsSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome, World } from "../../src/environments/world.ts";
import { maxAbsError } from "../reference/kernels.ts";

/** Row t of states, observations, rewards and terminated came after actions[t]. */
interface Trajectory {
  readonly policy: string;
  readonly initial_state: readonly number[];
  readonly initial_obs: readonly number[];
  readonly actions: readonly (number | readonly [number])[];
  readonly states: readonly (readonly number[])[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
  readonly first_terminated_step: number | null;
}

interface Port {
  readonly world: World;
  readonly step: (state: readonly number[], action: number) => Outcome;
  /** Off for a chaotic system, in which the last bit grows past any tolerance. */
  readonly freeRunning?: boolean;
  /** The recording went on after the end, where Gymnasium's CartPole pays 0. */
  readonly paysAfterTheEnd?: boolean;
}

const folder = new URL("../../../shared/data/golden/", import.meta.url);
const STEP_TOLERANCE = 1e-12;
const RUN_TOLERANCE = 1e-10;

/** Registers the comparison of a port with every trajectory of a golden file. */
export function testGolden(
  file: string,
  { world, step, freeRunning = true, paysAfterTheEnd = true }: Port,
): void {
  const url = new URL(file, folder);
  if (!existsSync(url)) {
    test.skip(`repeats the trajectories of ${file}`, () => {});
    return;
  }
  const { trajectories } = JSON.parse(readFileSync(url, "utf8")) as { trajectories: Trajectory[] };
  for (const trajectory of trajectories) {
    const { policy, states, initial_state } = trajectory;
    test(`repeats each step of "${policy}" from the recorded state`, () => {
      assert.equal(Array.from(world.setState(initial_state).observation), trajectory.initial_obs);
      trajectory.actions.forEach((action, t) => {
        const outcome = step(states[t - 1] ?? initial_state, Number(action));
        assert.ok(maxAbsError(outcome.state, states[t]) <= STEP_TOLERANCE, `state at ${t}`);
        assert.equal(Array.from(world.setState(outcome.state).observation), trajectory.observations[t]);
        assert.is(outcome.terminated, trajectory.terminated[t], `terminated at ${t}`);
        const isPaid = paysAfterTheEnd || t <= (trajectory.first_terminated_step ?? t);
        const reward = isPaid ? outcome.reward : 0;
        assert.ok(Math.abs(reward - trajectory.rewards[t]) <= STEP_TOLERANCE, `reward at ${t}`);
      });
    });
    if (!freeRunning) continue;
    test(`stays on "${policy}" for 200 steps on its own`, () => {
      let state = initial_state;
      trajectory.actions.forEach((action, t) => {
        state = step(state, Number(action)).state;
        assert.ok(maxAbsError(state, states[t]) <= RUN_TOLERANCE, `state at ${t}`);
      });
    });
  }
}
