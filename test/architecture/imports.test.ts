import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { violationOf } from "../../scripts/house/layers.ts";
import {
  cyclesOf,
  generated,
  importsOf,
  readSources,
  type Sources,
  withoutComments,
} from "../../scripts/house/sources.ts";

const source = readSources("src");
const assembly = readSources("assembly");
const everything = readSources("src", "assembly", "test", "bench", "studies", "scripts", "examples");

/** The paths of the sources that match, but for their comments. */
function matching(sources: Sources, pattern: RegExp): readonly string[] {
  return [...sources].flatMap(([path, text]) => {
    const [found] = withoutComments(text).match(pattern) ?? [];
    return found === undefined ? [] : [`${path}: ${found}`];
  });
}

/** The sentences of the import rule about one file. */
function complaints(path: string, text: string): readonly string[] {
  return importsOf(new Map([[path, text]])).flatMap((line) => violationOf(line) ?? []);
}

test("every arrow of src points down", () => {
  assert.equal(
    importsOf(source).flatMap((line) => violationOf(line) ?? []),
    [],
  );
});

test("every arrow of assembly points down", () => {
  assert.equal(
    importsOf(assembly).flatMap((line) => violationOf(line) ?? []),
    [],
  );
});

test("no two files import each other, however indirectly", () => {
  assert.equal(cyclesOf([...importsOf(source), ...importsOf(assembly)]), []);
});

test("every import names a file that exists", () => {
  const known = new Set([...source.keys(), ...assembly.keys(), "package.json", ...generated]);
  const imports = [...importsOf(source), ...importsOf(assembly)];
  assert.ok(imports.length > 300, `${imports.length} imports`);
  assert.equal(
    imports.filter(({ to, isPackage }) => !isPackage && !known.has(to)),
    [],
  );
});

for (const [path, line, arrow] of [
  ["src/core/math.ts", 'import { a } from "../models/network.ts";', "src/models/network.ts"],
  ["src/learning/bound.ts", 'import type {\n  A,\n} from "../agent/agent.ts";', "src/agent/agent.ts"],
  ["src/agent/act.ts", 'export { a } from "../runs/run.ts";', "src/runs/run.ts"],
  ["src/agent/act.ts", 'import { a } from "./observed/mind.ts";', "src/agent/observed/mind.ts"],
  ["src/agent/latent/learn.ts", 'import { a } from "../observed/learn.ts";', "src/agent/observed/learn.ts"],
  ["src/agent/latent/mind.ts", 'import { a } from "../act.ts";', "src/agent/act.ts"],
  ["src/runs/run.ts", 'const a = await import("../cli/cli.ts");', "src/cli/cli.ts"],
  ["src/agent/act.ts", 'import { a } from "../environments/registry.ts";', "src/environments/registry.ts"],
  [
    "src/inference/a.ts",
    'import { a } from "../environments/environment.ts";',
    "src/environments/environment.ts",
  ],
  ["src/environments/a.ts", 'import "../models/network.ts";', "src/models/network.ts"],
  ["src/environments/a.ts", 'import { a } from "../environments.ts";', "src/environments.ts"],
  ["src/environments.ts", 'export { run } from "./cli/cli.ts";', "src/cli/cli.ts"],
  ["src/index.ts", 'export { run } from "./cli/cli.ts";', "src/cli/cli.ts"],
  ["src/threads.ts", 'export { createAgent } from "./index.ts";', "src/index.ts"],
  ["src/agent/act.ts", 'export { a } from "../threads.ts";', "src/threads.ts"],
  ["src/agent/act.ts", 'import { a } from "../adapters/mujoco/tasks.ts";', "src/adapters/mujoco/tasks.ts"],
  ["src/adapters/mujoco/engine.ts", 'await import("valibot");', "valibot"],
  ["src/adapters/mujoco/engine.ts", 'import { readFileSync } from "node:fs";', "node:fs"],
  ["src/loop/train.ts", 'await import("@mujoco/mujoco");', "@mujoco/mujoco"],
  ["src/agent/save.ts", 'import { readFileSync } from "node:fs";', "node:fs"],
  ["src/utils/a.ts", 'import { a } from "../core/math.ts";', "src/core/math.ts"],
  ["assembly/math/exp.ts", 'import { a } from "../linalg/dense";', "assembly/linalg/dense"],
  ["assembly/nn/mlp.ts", 'import { a } from "../planner/plan";', "assembly/planner/plan"],
  ["assembly/nn/mlp.ts", 'import { a } from "../../src/core/math";', "src/core/math"],
])
  test(`refuses that ${path} imports ${arrow}`, () => {
    assert.equal(complaints(path, line), [`${path} imports ${arrow}`]);
  });

test("finds a ring of three files", () => {
  const ring = new Map([
    ["src/a.ts", 'import "./b.ts";'],
    ["src/b.ts", 'import { c } from "./c.ts";'],
    ["src/c.ts", 'export { a } from "./a.ts";'],
  ]);
  assert.equal(cyclesOf(importsOf(ring)), ["src/a.ts → src/b.ts → src/c.ts → src/a.ts"]);
});

test("src has no default export", () => {
  assert.equal(matching(source, /\bexport\s+default\b|\bas\s+default\b/), []);
});

test("src takes no transcendental function and no chance from the host", () => {
  const host =
    /\bMath\s*\.\s*(a?(sin|cos|tan)h?|atan2|exp(m1)?|log(2|10|1p)?|pow|cbrt|hypot|random)\b|=\s*Math\s*;/;
  assert.match("Math.tanh(x)", host);
  assert.not.match("Math.sqrt(x) + Math.trunc(x) + Math.max(x, 1)", host);
  assert.equal(matching(source, host), []);
});

test("every test file runs its tests", () => {
  const tests = [...everything].filter(([path]) => path.endsWith(".test.ts"));
  assert.ok(tests.length > 50, `${tests.length} test files`);
  assert.equal(
    tests.filter(([, text]) => !/^\w+\.run\(\);$/m.test(text)).map(([path]) => path),
    [],
  );
});

test("no file has more than 300 lines", () => {
  const long = [...everything].filter(([, text]) => text.trimEnd().split("\n").length > 300);
  assert.equal(
    long.map(([path]) => path),
    [],
  );
});

test("the generated signatures are those of the kernels that assembly exports", () => {
  const lines = (assembly.get("assembly/index.ts") ?? "").matchAll(/^export \{([^}]*)\}/gm);
  const exported = [...lines].flatMap(([, names]) => names.split(",").map((name) => name.trim()));
  const text = readFileSync(new URL("../../src/core/generated/exports.ts", import.meta.url), "utf8");
  const declared = [...text.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  assert.ok(exported.length > 40, `${exported.length} kernels`);
  assert.equal(declared.sort(), exported.sort());
});

test.run();
