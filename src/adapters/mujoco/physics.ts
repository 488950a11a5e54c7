/** One simulation: its numbers by the names of the model file, steps, copies of the state, and its end. */
import { shown } from "../../core/expect.ts";
import type { CompiledModel, MujocoModule, SimulationData } from "./engine.ts";

/** Where a joint is, as views of the simulation: writing to them while a world is reset moves it. */
export interface JointView {
  /** [1] m or rad; of a free joint [7], of a ball joint [4]. */
  readonly position: Float64Array;
  /** [1] m/s or rad/s; of a free joint [6], of a ball joint [3]. */
  readonly velocity: Float64Array;
}

/** Where a body is, as views of the simulation. */
export interface BodyView {
  /** [3] m, of its frame in the world. */
  readonly position: Float64Array;
  /** [4] a unit quaternion, w first. */
  readonly orientation: Float64Array;
}

/** Where a geom is, as views of the simulation. */
export interface GeomView {
  /** [3] m, of its centre in the world. */
  readonly position: Float64Array;
  /** [9] rotation matrix, row by row. */
  readonly rotation: Float64Array;
}

/**
 * The simulation that observations, rewards, endings and starts are functions of. All arrays are views of its memory: read them at
 * once, or copy them. Positions of bodies, sites, geoms and sensors are those before the last substep, as MuJoCo leaves them.
 */
export interface Physics {
  /** Seconds since the start. */
  readonly time: number;
  /** Seconds of a substep. */
  readonly timestep: number;
  /** [nq] positions of all joints, `qpos`. */
  readonly positions: Float64Array;
  /** [nv] velocities of all joints, `qvel`. */
  readonly velocities: Float64Array;
  /** [nv] forces of limits, contacts and friction on the joints, `qfrc_constraint`. */
  readonly constraintForces: Float64Array;
  /** @throws RangeError for a name that the model does not have, with those it has */
  joint(name: string): JointView;
  /** @throws RangeError as of `joint` */
  body(name: string): BodyView;
  /** @throws RangeError as of `joint` */
  geom(name: string): GeomView;
  /** [3] where a site is, in m. @throws RangeError as of `joint` */
  site(name: string): Float64Array;
  /** [its size] what a sensor reads. @throws RangeError as of `joint` */
  sensor(name: string): Float64Array;
}

/** A simulation and what a world does with it. */
export interface Simulation {
  readonly physics: Physics;
  /** [nu] bounds of the actuators' controls; equal where a control has none. */
  readonly controls: readonly { readonly name: string; readonly low: number; readonly high: number }[];
  /** Numbers of a copy. */
  readonly size: number;
  /** The model's own start, changed by `change`. */
  start(change?: () => void): void;
  /** So many substeps under these controls. @throws Error when MuJoCo found the simulation unstable */
  advance(controls: ArrayLike<number>, substeps: number): void;
  /** A copy of the integration state: all that the next step follows from, to the bit. */
  save(): Float64Array;
  /** Goes on from such a copy. */
  load(copy: ArrayLike<number>): void;
  /** Frees its memory, once. */
  close(): void;
}

/** `mjSTATE_INTEGRATION`: the physics alone would lack the solver's warm start, and Hopper would differ at the first step. */
const INTEGRATION = 16383;
/** `mjtObj`, and how many the model has of each. */
const KINDS = {
  body: [1, "nbody"],
  joint: [3, "njnt"],
  geom: [5, "ngeom"],
  site: [6, "nsite"],
  actuator: [19, "nu"],
  sensor: [20, "nsensor"],
} as const;
/** Numbers of position and velocity, by `mjtJoint`: free, ball, slide, hinge. */
const JOINTS = [
  [7, 6],
  [4, 3],
  [1, 1],
  [1, 1],
] as const;

/**
 * Compiles a model file and begins its simulation.
 *
 * @param files what the model refers to, by name
 * @throws RangeError when MuJoCo cannot load it, with MuJoCo's own words
 */
export function createSimulation(
  mujoco: MujocoModule,
  xml: string,
  files: Readonly<Record<string, Uint8Array>> = {},
): Simulation {
  const model = compile(mujoco, xml, files);
  const data = new mujoco.MjData(model);
  const { timestep } = model.opt;
  let isOpen = true;
  const open = (): SimulationData => {
    if (!isOpen) throw new Error("world: expected an open one, got one that was closed");
    return data;
  };
  const size = mujoco.mj_stateSize(model, INTEGRATION);
  const buffer = new mujoco.DoubleBuffer(size);
  const controls = controlsOf(mujoco, model);
  return {
    controls,
    physics: view(mujoco, model, open, timestep),
    size,
    start(change) {
      mujoco.mj_resetData(model, open());
      change?.();
      mujoco.mj_forward(model, data);
    },
    advance(values, substeps) {
      const before = open().time;
      data.ctrl.set(values);
      for (let k = 0; k < substeps; k++) mujoco.mj_step(model, data);
      // MuJoCo begins anew by itself when numbers grow beyond all bounds: then the clock is behind
      if (Math.abs(data.time - before - substeps * timestep) > timestep / 2)
        throw new Error(
          `step: expected a stable simulation, got one that MuJoCo gave up at ${before} s; a shorter timestep may help`,
        );
    },
    save() {
      mujoco.mj_getState(model, open(), buffer, INTEGRATION);
      return Float64Array.from(buffer.GetView());
    },
    load: (copy) => mujoco.mj_setState(model, open(), copy, INTEGRATION),
    close() {
      if (!isOpen) return;
      isOpen = false;
      buffer.delete();
      data.delete();
      model.delete();
    },
  };
}

function compile(
  mujoco: MujocoModule,
  xml: unknown,
  files: Readonly<Record<string, Uint8Array>>,
): CompiledModel {
  if (typeof xml !== "string") throw new TypeError(`xml: expected the text of a model, got ${shown(xml)}`);
  const folder = new mujoco.MjVFS();
  try {
    for (const [name, bytes] of Object.entries(files)) {
      if (!(bytes instanceof Uint8Array))
        throw new TypeError(`files[${JSON.stringify(name)}]: expected a Uint8Array, got ${shown(bytes)}`);
      folder.addBuffer(name, bytes);
    }
    return loadModel(mujoco, xml, folder);
  } finally {
    folder.delete();
  }
}

function loadModel(mujoco: MujocoModule, ...given: Parameters<MujocoModule["MjModel"]["from_xml_string"]>) {
  try {
    return mujoco.MjModel.from_xml_string(...given);
  } catch (cause) {
    const words = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").trim();
    throw new RangeError(`xml: expected a model that MuJoCo can load, got ${words}`, { cause });
  }
}

/** Names of all of a kind, by their numbers; empty where a thing has none. */
function namesOf(mujoco: MujocoModule, model: CompiledModel, kind: keyof typeof KINDS): readonly string[] {
  const [type, size] = KINDS[kind];
  return Array.from({ length: model[size] }, (_, id) => mujoco.mj_id2name(model, type, id));
}

function controlsOf(mujoco: MujocoModule, model: CompiledModel): Simulation["controls"] {
  const range = model.actuator_ctrlrange;
  return namesOf(mujoco, model, "actuator").map((name, i) => ({
    ...{ name, low: range[2 * i], high: range[2 * i + 1] },
  }));
}

/** What user functions see. */
function view(
  mujoco: MujocoModule,
  model: CompiledModel,
  open: () => SimulationData,
  timestep: number,
): Physics {
  const known = new Map<string, number>();
  const idOf = (kind: keyof typeof KINDS, name: string): number => {
    const key = `${kind} ${name}`;
    const id = known.get(key) ?? mujoco.mj_name2id(model, KINDS[kind][0], name);
    if (id < 0) throw unknownName(kind, name, namesOf(mujoco, model, kind));
    known.set(key, id);
    return id;
  };
  const part = (array: Float64Array, size: number, id: number) => array.subarray(size * id, size * (id + 1));
  return {
    timestep,
    get time() {
      return open().time;
    },
    get positions() {
      return open().qpos;
    },
    get velocities() {
      return open().qvel;
    },
    get constraintForces() {
      return open().qfrc_constraint;
    },
    joint(name) {
      const { qpos, qvel } = open();
      const id = idOf("joint", name);
      const [q, v] = [model.jnt_qposadr[id], model.jnt_dofadr[id]];
      const [nq, nv] = JOINTS[model.jnt_type[id]];
      return { position: qpos.subarray(q, q + nq), velocity: qvel.subarray(v, v + nv) };
    },
    body(name) {
      const { xpos, xquat } = open();
      const id = idOf("body", name);
      return { position: part(xpos, 3, id), orientation: part(xquat, 4, id) };
    },
    geom(name) {
      const { geom_xpos, geom_xmat } = open();
      const id = idOf("geom", name);
      return { position: part(geom_xpos, 3, id), rotation: part(geom_xmat, 9, id) };
    },
    site: (name) => part(open().site_xpos, 3, idOf("site", name)),
    sensor(name) {
      const { sensordata } = open();
      const id = idOf("sensor", name);
      const from = model.sensor_adr[id];
      return sensordata.subarray(from, from + model.sensor_dim[id]);
    },
  };
}

function unknownName(kind: string, name: unknown, names: readonly string[]): RangeError {
  const known = names.filter((one) => one !== "");
  const expected = known.length === 0 ? `a model with a named ${kind}` : `one of ${known.join(", ")}`;
  return new RangeError(`${kind}: expected ${expected}, got ${shown(name)}`);
}
