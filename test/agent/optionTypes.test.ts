/** The rows' doc-comments reach whoever writes options, through the types of the declaration files. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OPTIONS } from "../../src/agent/options.ts";
import { optionDocs } from "../../src/core/generated/optionDocs.ts";
import { servedOf } from "../../src/core/options.ts";

const folder = join(process.cwd(), "build/optionTypes");
const USE = `import type { Options } from "./types/agent/options.ts";
import type { PlannerOptions } from "./types/inference/plannerOptions.ts";
export declare const ofAgent: Options;
export declare const ofPlanner: PlannerOptions;
`;

/** The documentation of each property of a type, in one line, as an editor shows it. */
function documentation() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compiler = join(process.cwd(), "node_modules/typescript/bin/tsc");
  const emit = ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", join(folder, "types")];
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...emit], { encoding: "utf8" });
  assert.is(status, 0, stdout);
  writeFileSync(join(folder, "use.ts"), USE);
  const compilerOptions = { noEmit: true, rootDir: ".", types: [] };
  const config = { extends: "../../tsconfig.json", compilerOptions, include: ["use.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const api = new API({ cwd: folder });
  const path = join(folder, "tsconfig.json");
  const checker = api.updateSnapshot({ openProjects: [path] }).getProject(path)?.checker;
  assert.ok(checker, "a project");
  const of = (name: string) => {
    const type = checker.getTypeAtPosition(join(folder, "use.ts"), USE.indexOf(`${name}:`));
    assert.ok(type, name);
    return new Map(
      checker
        .getPropertiesOfType(type)
        .map((property) => [
          property.name,
          checker.getDocumentationCommentOfSymbol(property).replaceAll(/\s+/g, " "),
        ]),
    );
  };
  return { of, close: () => api.close() };
}

test("the options of agents and of the planner have the documentation of their rows", () => {
  const { of, close } = documentation();
  for (const [name, subjects] of [
    ["ofAgent", ["observed", "latent"]],
    ["ofPlanner", ["planner"]],
  ] as const) {
    const shown = of(name);
    const rows = Object.entries(OPTIONS).filter(([, row]) => servedOf(row, subjects).length > 0);
    assert.equal([...shown.keys()].sort(), rows.map(([option]) => option).sort());
    for (const [option, text] of shown) assert.ok(text.startsWith(optionDocs[option]), `${option}: ${text}`);
  }
  close();
});

test.run();
