/** MuJoCo as it comes from `@mujoco/mujoco`: the part of it that is used, loaded once. */
import { shown } from "../../core/expect.ts";

/** A handle of something in the module's memory, which nobody frees but `delete`. */
interface Handle {
  /** Frees it. */
  delete(): void;
}

/** A compiled model, as the module shows it; numbers are views of its memory. */
export interface CompiledModel extends Handle {
  readonly nq: number;
  readonly nv: number;
  readonly nu: number;
  readonly nbody: number;
  readonly njnt: number;
  readonly nsite: number;
  readonly ngeom: number;
  readonly nsensor: number;
  readonly jnt_type: Int32Array;
  readonly jnt_qposadr: Int32Array;
  readonly jnt_dofadr: Int32Array;
  readonly sensor_adr: Int32Array;
  readonly sensor_dim: Int32Array;
  readonly actuator_ctrlrange: Float64Array;
  readonly opt: { readonly timestep: number };
}

/** A simulation, as the module shows it; numbers are views of its memory. */
export interface SimulationData extends Handle {
  time: number;
  readonly qpos: Float64Array;
  readonly qvel: Float64Array;
  readonly ctrl: Float64Array;
  readonly xpos: Float64Array;
  readonly xquat: Float64Array;
  readonly site_xpos: Float64Array;
  readonly geom_xpos: Float64Array;
  readonly geom_xmat: Float64Array;
  readonly sensordata: Float64Array;
  readonly qfrc_constraint: Float64Array;
}

/** Files that a model refers to, in the module's memory. */
interface VirtualFiles extends Handle {
  addBuffer(name: string, bytes: Uint8Array): void;
}

/** Numbers in the module's memory: it copies states into these alone. */
interface Doubles extends Handle {
  GetView(): Float64Array;
}

/** The loaded module of `@mujoco/mujoco`: what its default export resolves to. */
export interface MujocoModule {
  readonly MjModel: { from_xml_string(xml: string, files?: VirtualFiles): CompiledModel };
  readonly MjData: new (model: CompiledModel) => SimulationData;
  readonly MjVFS: new () => VirtualFiles;
  readonly DoubleBuffer: new (size: number) => Doubles;
  mj_versionString(): string;
  mj_name2id(model: CompiledModel, kind: number, name: string): number;
  mj_id2name(model: CompiledModel, kind: number, id: number): string;
  mj_resetData(model: CompiledModel, data: SimulationData): void;
  mj_forward(model: CompiledModel, data: SimulationData): void;
  mj_step(model: CompiledModel, data: SimulationData): void;
  mj_stateSize(model: CompiledModel, parts: number): number;
  mj_getState(model: CompiledModel, data: SimulationData, out: Doubles, parts: number): void;
  mj_setState(model: CompiledModel, data: SimulationData, state: ArrayLike<number>, parts: number): void;
}

/**
 * A function that loads the module once for all worlds; after a failure it tries again.
 *
 * @throws Error, by the function, when the optional peer `@mujoco/mujoco` is not installed, or cannot be loaded here
 */
export function createLoader(load: () => Promise<MujocoModule>): () => Promise<MujocoModule> {
  let loaded: Promise<MujocoModule> | undefined;
  return () => {
    loaded ??= load().catch((cause) => {
      loaded = undefined;
      throw new Error(
        `mujoco: expected the package @mujoco/mujoco (npm install @mujoco/mujoco), or a loaded module as the option "mujoco", ` +
          `got ${cause instanceof Error ? cause.message.split("\n")[0] : cause}`,
        { cause },
      );
    });
    return loaded;
  };
}

/** @throws TypeError when it is no module of `@mujoco/mujoco` that was loaded */
export function expectEngine(given: object): MujocoModule {
  const engine = given as MujocoModule;
  if (typeof engine?.mj_step !== "function" || engine.MjModel === undefined)
    throw new TypeError(
      `mujoco: expected what the default export of @mujoco/mujoco resolves to, got ${shown(given)}`,
    );
  return engine;
}

/** Loads the peer. */
export const loadEngine = /* @__PURE__ */ createLoader(async () => {
  const { default: load } = await import("@mujoco/mujoco");
  return load();
});
