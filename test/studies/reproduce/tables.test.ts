import { test } from "uvu";
import * as assert from "uvu/assert";
import { environments } from "../../../src/environments/registry.ts";
import { tables } from "../../../studies/reproduce/tables.ts";

test("the tables and the seeds they take by default", () => {
  assert.equal(
    Object.entries(tables).map(([name, { seeds }]) => [name, seeds]),
    [
      ["classic", 10],
      ["partial", 5],
      ["claims", 5],
    ],
  );
});

for (const name of ["classic", "partial"])
  test(`the tasks of ${name} are environments, with a setting behind a comma where it is not the usual one`, () => {
    const known = environments.map((environment) => environment.name);
    for (const task of Object.keys(tables[name].trials)) assert.ok(known.includes(task.split(",")[0]), task);
  });

test("every environment that hides a part of its state is measured, but for car-flag, which umbrella stands for, and light-dark", () => {
  const measured = new Set(
    [...Object.keys(tables.classic.trials), ...Object.keys(tables.partial.trials)].map(
      (task) => task.split(",")[0],
    ),
  );
  assert.equal(
    environments.flatMap(({ name }) => (measured.has(name) ? [] : [name])),
    ["car-flag", "light-dark"],
  );
});

test.run();
