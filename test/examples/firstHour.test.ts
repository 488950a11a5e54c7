/** The commands of docs/first-hour.md as a newcomer types them, in a short form, and what the document shows of their output. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(join(root, "docs/first-hour.md"), "utf8");

/** A command and the lines that the document shows below it. */
interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

const shown: readonly Shown[] = [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...lines] = part.trimEnd().split("\n");
      return { command, lines };
    }),
);

/** Few steps instead of many; what the registry would send is packed here. */
function shortened(command: string, tarball: string): string {
  if (command === "npm install generative-agent tsx")
    return `npm install --no-audit --no-fund --no-update-notifier ${tarball} && ln -s ${root}node_modules/tsx node_modules/tsx && ln -s ../tsx/dist/cli.mjs node_modules/.bin/tsx`;
  return command.replace(/ (?:1000|1200|2000)\b/, " 110");
}

/** Whether a line is like one that is shown: the same words, and numbers where it has numbers. */
const isLike = (line: string, wanted: string) => shapeOf(line) === shapeOf(wanted);
const shapeOf = (line: string) =>
  line
    .trim()
    .replaceAll(/−?-?\d[\d.,]*/g, "#")
    .replace(/ \([\w-]+\)$/, "");

test("every command runs, and prints what the document shows", () => {
  assert.ok(shown.length >= 10, `${shown.length} commands`);
  const folder = mkdtempSync(join(tmpdir(), "first-hour-"));
  try {
    const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const [{ filename }] = JSON.parse(
      execFileSync("npm", words, { cwd: root, encoding: "utf8", stdio: "pipe" }),
    );
    const commands = shown.map(({ command }) => shortened(command, join(folder, filename)));
    const script = commands.map((command, i) => `echo "== ${i}"\n${command}`).join("\n");
    const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", script], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.is(status, 0, stdout + stderr);
    const printed = stdout.split(/^== \d+\n/m).slice(1);
    assert.is(printed.length, shown.length);
    for (const [i, { command, lines }] of shown.entries()) {
      const actual = printed[i].split("\n");
      // what needs all the steps is measured, not tested
      for (const line of lines.filter((each) => !/^…|beat|^\d+ steps/.test(each)))
        assert.ok(
          actual.some((each) => isLike(each, line)),
          `${command}: expected a line like ${line}, got ${printed[i]}`,
        );
      if (command.includes("compare.ts")) {
        assert.ok(actual.includes(lines[1]), `${command}: expected ${lines[1]}, got ${printed[i]}`);
        assert.match(printed[i], /^110 steps, \d+ s: agent -?\d+\.\d/m);
        assert.match(
          printed[i],
          /^\w+: seed 1 (does not beat the controller in 110 steps|beats the controller after 110 steps)/m,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the code that is shown is that of the example", () => {
  const source = readFileSync(join(root, "examples/first-hour/heating.ts"), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code.trim());
  assert.is(blocks.length, 2);
  for (const block of blocks) assert.ok(source.includes(block), block);
});

test("a line is compared word for word, its numbers only as numbers", () => {
  assert.ok(isLike("200 steps, 2 s: agent -946.0 (no-reward)", "400 steps, 6 s: agent -148.6"));
  assert.not.ok(isLike("200 steps, 2 s: agent -946.0", "200 steps, 2 s: controller -946.0"));
});

test.run();
