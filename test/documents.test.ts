import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import * as worlds from "../src/environments.ts";
import * as gymnasium from "../src/gymnasium.ts";
import * as library from "../src/index.ts";
import * as logs from "../src/logs.ts";
import * as mujoco from "../src/mujoco.ts";
import * as pomdp from "../src/pomdp.ts";
import * as problems from "../src/problems.ts";
import * as threads from "../src/threads.ts";
import { documentedSymbols, guidePages, publicNames, readmePrograms } from "./helpers/documents.ts";
import { expectStated, runProgram, statedResults } from "./helpers/program.ts";

const symbols = documentedSymbols();
const examples = symbols.filter(({ example }) => example !== undefined);
const home = process.cwd();

test.before(() => process.chdir(mkdtempSync(join(tmpdir(), "documents-"))));
test.after(() => process.chdir(home));

test("every public name has a doc-comment", () => {
  const documented = new Set(symbols.map(({ name }) => name));
  assert.ok(documented.size > 200, `${documented.size} documented names and members`);
  assert.equal(
    [...publicNames().keys()].filter((name) => !documented.has(name)),
    [],
  );
});

test("every public function and value has an example, which states a result", () => {
  const stating = new Set(
    examples.filter(({ example = "" }) => statedResults(example).length > 0).map(({ name }) => name),
  );
  const values = [library, worlds, gymnasium, logs, mujoco, pomdp, problems, threads].flatMap(Object.keys);
  assert.ok(values.length > 30, `${values.length} values`);
  // what expectAction does is to throw
  assert.equal(
    values.filter((name) => !stating.has(name)),
    ["expectAction"],
  );
});

for (const { name, example = "" } of examples)
  test(`the example of ${name} runs and gives what it states`, async () => {
    await runProgram(example);
  });

for (const [page, { text, program }] of guidePages()) {
  test(`the code of docs/guide/${page} runs and gives what it states`, async () => {
    assert.ok(statedResults(program).length > 0, "states no result");
    await runProgram(program);
  });

  test(`every link of docs/guide/${page} leads to a file`, () => {
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link);
    assert.ok(links.length > 0, "no links");
    assert.equal(
      links.filter((link) => !existsSync(join(home, "docs/guide", link))),
      [],
    );
  });
}

test("no line of prose is longer than 110 characters", () => {
  const documents = ["docs", "docs/guide"].flatMap((folder) =>
    readdirSync(join(home, folder))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `${folder}/${file}`),
  );
  assert.ok(documents.length > 20, `${documents.length} documents`);
  const long = documents.flatMap((document) =>
    readFileSync(join(home, document), "utf8")
      .replaceAll(/^```[\s\S]*?^```$|^\$\$[\s\S]*?^\$\$/gm, "")
      .split("\n")
      .filter((line) => [...line].length > 110 && !/^[|!]/.test(line))
      .map((line) => `${document}: ${line}`),
  );
  assert.equal(long, []);
});

test("the types of the guide's and the README's code are right", () => {
  const folder = join(home, "build/documents");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = [...guidePages()].map(([page, { program }]) => [page, program] as const);
  const blocks = readmePrograms().map((code, i) => [`README-${i}`, code] as const);
  // a program that imports nothing would not be a module
  for (const [name, program] of [...pages, ...blocks])
    writeFileSync(join(folder, `${name}.ts`), `${program}\nexport {};\n`);
  const settings = { noEmit: true, noUnusedLocals: false, rootDir: "." };
  const config = { extends: "../../tsconfig.json", compilerOptions: settings, include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(home, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
  assert.is(status, 0, stdout);
  assert.ok(pages.length >= 6 && blocks.length >= 1, `${pages.length} pages, ${blocks.length} blocks`);
});

test("a result is compared to the digits shown", () => {
  expectStated(0.27043, "0.2704 nats: of a listen", "");
  expectStated(Float32Array.of(0.85, 0.15), "[0.85, 0.15]", "");
  expectStated("listen", '"listen"', "");
  for (const [value, comment] of [
    [0.27046, "0.2704"],
    [4.001, "4"],
    [[1, 2, 3], "[1, 2]"],
    [[0.86, 0.15], "[0.85, 0.15]"],
    ["wait", '"listen"'],
    [false, "true"],
    [0, "undefined"],
    [4, "four"],
  ] as const)
    assert.throws(() => expectStated(value, comment, "x"), /^x: expected /, comment);
});

test("an example that throws, or states a wrong result, fails", async () => {
  for (const wrong of [
    "tiger().initial.length; // 3",
    "discrete(0);",
    'import { no } from "generative-agent";\nno();',
  ]) {
    const error = await runProgram(wrong).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    assert.ok(error instanceof Error, wrong);
  }
});

test.run();
