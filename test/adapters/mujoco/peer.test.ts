/** The optional peer is declared by hand, in the part that is used: here it is asked whether that part is there. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadEngine } from "../../../src/adapters/mujoco/engine.ts";

const mujoco = await loadEngine();

test("the peer has what is declared of it", () => {
  assert.match(mujoco.mj_versionString(), /^3\.\d+\.\d+$/);
  const model = mujoco.MjModel.from_xml_string(
    `<mujoco><worldbody><body name="ball"><freejoint name="free"/><geom size=".1"/><site name="tip"/></body></worldbody>
     <sensor><gyro name="gyro" site="tip"/></sensor></mujoco>`,
  );
  const data = new mujoco.MjData(model);
  const numbers = ["nq", "nv", "nu", "nbody", "njnt", "nsite", "ngeom", "nsensor"] as const;
  assert.equal(
    numbers.map((name) => model[name]),
    [7, 6, 0, 2, 1, 1, 1, 1],
  );
  for (const name of ["jnt_type", "jnt_qposadr", "jnt_dofadr", "sensor_adr", "sensor_dim"] as const)
    assert.is(model[name].length, 1, name);
  for (const [name, size] of [
    ["qpos", 7],
    ["qvel", 6],
    ["ctrl", 0],
    ["xpos", 6],
    ["xquat", 8],
    ["site_xpos", 3],
    ["geom_xpos", 3],
    ["geom_xmat", 9],
    ["sensordata", 3],
    ["qfrc_constraint", 6],
  ] as const)
    assert.is(data[name].length, size, name);
  // the numbers of kinds that `physics.ts` asks by
  assert.is(mujoco.mj_name2id(model, 1, "ball"), 1);
  assert.is(mujoco.mj_name2id(model, 3, "free"), 0);
  assert.is(mujoco.mj_name2id(model, 6, "tip"), 0);
  assert.is(mujoco.mj_name2id(model, 20, "gyro"), 0);
  data.delete();
  model.delete();
});

test.run();
