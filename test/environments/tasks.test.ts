import { test } from "uvu";
import * as assert from "uvu/assert";
import { environments } from "../../src/environments/registry.ts";
import { tasks } from "../../src/environments/tasks.ts";

test("every built-in environment has its line, in the order of the table", () => {
  assert.equal(
    Object.entries(tasks),
    environments.map(({ name, description }) => [name, description]),
  );
});

test.run();
