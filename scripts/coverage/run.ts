/**
 * `npm run coverage [-- --more] [parts of tests' paths…]`: runs tests and prints which lines of `src` none of them reached, and which branches of
 * loader, checkpoint and command line none took. With `--more` what earlier runs reached counts, too. Fails where less is reached than is asked.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Report } from "c8";
import { transformSync } from "esbuild";
import { reportOf, uncoveredOf } from "./uncovered.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}build/coverage`;
const words = process.argv.slice(2);
const parts = words.filter((word) => word !== "--more");
if (!words.includes("--more")) rmSync(folder, { recursive: true, force: true });
const tests = spawnSync(process.execPath, ["--import", "tsx", "test/run.ts", ...parts], {
  ...{ cwd: root, stdio: "inherit", env: { ...process.env, NODE_V8_COVERAGE: `${folder}/raw` } },
});
const report = new Report({
  include: ["src/**"],
  exclude: ["src/core/generated/**", "**/*.d.ts"],
  all: true,
  src: [root],
  reporter: ["json"],
  reportsDirectory: folder,
  tempDirectory: `${folder}/raw`,
  excludeAfterRemap: false,
});
await report.run();
const map = JSON.parse(readFileSync(`${folder}/coverage-final.json`, "utf8"));
const { text, isEnough } = reportOf(uncoveredOf(map, root).filter(({ path }) => !isTypes(path)));
console.log(text);
process.exitCode = tests.status === 0 && isEnough ? 0 : 1;

/** Whether a source has types alone, of which nothing is left to be reached. */
function isTypes(path: string): boolean {
  return transformSync(readFileSync(`${root}${path}`, "utf8"), { loader: "ts" }).code.trim() === "";
}
