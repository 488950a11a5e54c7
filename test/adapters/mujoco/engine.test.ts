import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createLoader,
  expectEngine,
  loadEngine,
  type MujocoModule,
} from "../../../src/adapters/mujoco/engine.ts";

const module = {} as MujocoModule;

test("says what to install when the peer is missing, and tries again later", async () => {
  let isInstalled = false;
  const load = createLoader(() =>
    isInstalled
      ? Promise.resolve(module)
      : Promise.reject(new Error("Cannot find package '@mujoco/mujoco'\nsomewhere")),
  );
  let message = "";
  await load().catch((error: Error) => {
    message = error.message;
  });
  assert.is(
    message,
    'mujoco: expected the package @mujoco/mujoco (npm install @mujoco/mujoco), or a loaded module as the option "mujoco", ' +
      "got Cannot find package '@mujoco/mujoco'",
  );
  isInstalled = true;
  assert.is(await load(), module);
});

test("loads once, however many ask", async () => {
  let count = 0;
  const load = createLoader(async () => {
    count++;
    return module;
  });
  await Promise.all([load(), load()]);
  await load();
  assert.is(count, 1);
});

test("takes a loaded module, and refuses what is none", async () => {
  const engine = await loadEngine();
  assert.is(expectEngine(engine), engine);
  for (const other of [{}, () => engine, null])
    assert.throws(
      () => expectEngine(other as object),
      /^mujoco: expected what the default export of @mujoco\/mujoco resolves to, got /,
    );
});

test.run();
