import type { ScalarMath } from "../../core/math.ts";
import type { Random } from "../../core/random.ts";
import type { Physics } from "./physics.ts";

/** What the functions of a description draw and compute with: the same bits on every engine. */
export interface MujocoTools {
  /** Numbers drawn from the episode's seed. */
  readonly random: Random;
  /** Functions that are the same on every engine. */
  readonly math: ScalarMath;
}

/** What a reward may ask of the step beside the simulation. */
export interface MujocoStep<Before> extends MujocoTools {
  /** [nu] as it was given, rounded to float32. */
  readonly action: Float32Array;
  /** What `before` returned before the step. */
  readonly before: Before;
}

/** Plain data that `before` may return: it is saved with the episode. */
export type Plain = number | readonly number[] | undefined;

/**
 * A world of MuJoCo: a model file, and plain functions of the simulation, whose sensors, bodies and joints have the names of
 * the file.
 *
 * @example
 * const slider: MujocoDescription = {
 *   xml: `<mujoco><worldbody><body><joint name="rail" type="slide" axis="1 0 0" damping="1"/><geom size=".1"/></body></worldbody>
 *     <actuator><motor joint="rail" ctrllimited="true" ctrlrange="-1 1" gear="5"/></actuator></mujoco>`,
 *   frameSkip: 10,
 *   timeLimit: 100,
 *   reward: (physics) => -Math.abs(physics.joint("rail").position[0] - 1),
 * };
 * slider.frameSkip; // 10
 */
export interface MujocoDescription<Before extends Plain = Plain> {
  /** The text of the model, in MJCF or URDF. Each actuator needs a `ctrlrange`. */
  readonly xml: string;
  /** What the model refers to (meshes, height fields, included files), by name. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Substeps of a step, ≥ 1. Default 1. */
  readonly frameSkip?: number;
  /** Steps after which an episode is truncated, ≥ 1. Default: none. */
  readonly timeLimit?: number;
  /** Changes the start, which is the model's own: writes to the views of joints. Default: no change. */
  reset?(physics: Physics, tools: MujocoTools): void;
  /** Of the simulation before a step, for the reward after it. */
  before?(physics: Physics): Before;
  /** What is seen, finite numbers. Default: all positions, then all velocities. */
  observe?(physics: Physics, tools: MujocoTools): ArrayLike<number>;
  /** After a step. */
  reward(physics: Physics, step: MujocoStep<Before>): number;
  /** Whether the world has ended, after a step. Default: never. */
  terminated?(physics: Physics): boolean;
}
