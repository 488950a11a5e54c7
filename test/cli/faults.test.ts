/** Folders and files that are not what they should be: one sentence, no hanging, nothing changed. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../src/cli/library.ts";
import { readLog } from "../../src/runs/run.ts";
import { commandIn, processIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const SMALL = "--members 2 --candidates 8 --horizon 4 --hidden 16,16 --warmup 30 --warmup-updates 10";
const command = (folder: string, words: string) => commandIn(folder, words, { library });
const isUnix = process.platform !== "win32";
const READERS = ["evaluate", "plot", "verify", "inspect", "compare", "train --resume"];

/** Does something with a folder that holds a run `a`. */
const withRun = (work: (folder: string) => Promise<void>) =>
  inFolder(async (folder) => {
    await command(folder, `train cartpole --steps 60 --out a ${SMALL}`);
    await work(folder);
  });

async function expectSentence(folder: string, words: string, message?: RegExp): Promise<void> {
  const { code, stdout, stderr } = await command(folder, words);
  assert.is(code, 1, `${words}: ${stdout}`);
  assert.match(stderr, /^(warning: .+\n)*error: [^\n]+\n$/, words);
  assert.not.match(stderr, "\n    at ", words);
  assert.not.match(stderr, "\u001b", words);
  if (message !== undefined) assert.match(stderr, message, words);
}

test("a run that is a file, a pipe, a link to nothing or an empty folder is refused by every command", () =>
  inFolder(async (folder) => {
    writeFileSync(`${folder}/file`, "text");
    mkdirSync(`${folder}/empty`);
    const cases = [
      ["file", "a file"],
      ["empty", "an empty folder"],
      ["none", "nothing"],
    ];
    if (isUnix) {
      execFileSync("mkfifo", [`${folder}/pipe`]);
      symlinkSync("none", `${folder}/dangling`);
      cases.push(
        ["pipe", "a pipe, a socket or a device"],
        ["dangling", "nothing"],
        ["/dev/null", "a pipe, a socket or a device"],
      );
    }
    for (const [run, what] of cases)
      for (const reader of READERS)
        await expectSentence(
          folder,
          `${reader} ${run}`,
          new RegExp(`error: ${run}: expected a run folder, got ${what}\n$`),
        );
    for (const [run, what] of cases.filter(([run]) => ["file", "pipe", "/dev/null"].includes(run)))
      await expectSentence(
        folder,
        `train cartpole --out ${run}`,
        new RegExp(`expected a new or empty folder, got ${what}; `),
      );
  }));

test("files of a run that are folders, pipes, links or devices are refused, and none is waited for", () =>
  withRun(async (folder) => {
    if (!isUnix) return;
    const odd: readonly (readonly [string, (path: string) => void])[] = [
      ["a folder", (path) => mkdirSync(path)],
      ["a pipe, a socket or a device", (path) => void execFileSync("mkfifo", [path])],
      ["a symbolic link", (path) => symlinkSync("/dev/zero", path)],
      ["a symbolic link", (path) => symlinkSync("/etc/hostname", path)],
    ];
    for (const [what, make] of odd)
      for (const name of ["config.json", "log.jsonl", "agent.safetensors"]) {
        rmSync(`${folder}/b`, { recursive: true, force: true });
        cpSync(`${folder}/a`, `${folder}/b`, { recursive: true });
        rmSync(`${folder}/b/${name}`);
        rmSync(`${folder}/b/agent.previous.safetensors`, { force: true });
        make(`${folder}/b/${name}`);
        const readers = {
          "config.json": READERS,
          "log.jsonl": ["plot", "verify", "inspect", "compare"],
          "agent.safetensors": ["evaluate", "verify", "inspect"],
        }[name] as readonly string[];
        for (const reader of readers)
          await expectSentence(
            folder,
            `${reader} b`,
            new RegExp(`error: b/${name}: expected a file, got ${what}\n$`),
          );
        await command(folder, "train --resume b --steps 70");
        assert.ok(readFileSync("/etc/hostname", "utf8").length < 500, "nothing is written through a link");
      }
  }));

test("a link to a run's folder stands for it", () =>
  withRun(async (folder) => {
    if (!isUnix) return;
    symlinkSync("a", `${folder}/latest`);
    assert.is((await command(folder, "verify latest")).code, 0);
    assert.is((await command(folder, "train --resume latest --steps 80")).code, 0);
    assert.is(readLog(`${folder}/a`).episodes.at(-1)?.steps, 80);
  }));

test("files that are far too large are refused before they are read", () =>
  withRun(async (folder) => {
    const started = process.memoryUsage().rss;
    for (const [name, words, message] of [
      ["agent.safetensors", "evaluate a", /expected at most 1073741824 bytes, got 4294967296\n$/],
      ["config.json", "evaluate a", /expected at most 1048576 bytes, got 4294967296\n$/],
    ] as const) {
      truncateSync(`${folder}/a/${name}`, 2 ** 32);
      await expectSentence(folder, words, message);
    }
    assert.ok(process.memoryUsage().rss - started < 2 ** 29);
  }));

test("a log with a line of a gigabyte is refused, and a torn one beside a good run is drawn", () =>
  withRun(async (folder) => {
    cpSync(`${folder}/a`, `${folder}/b`, { recursive: true });
    const log = `${folder}/b/log.jsonl`;
    const text = readFileSync(log, "utf8");
    writeFileSync(log, text.slice(0, -40));
    const { code, stderr } = await command(folder, "plot a b");
    assert.equal(
      [
        code,
        stderr.match(
          /^warning: b\/log\.jsonl: line \d+: expected a whole line, got one cut short; it is left out\n$/,
        ) !== null,
      ],
      [0, true],
    );
    truncateSync(log, 2 ** 30);
    for (const reader of ["plot", "verify", "inspect", "compare"])
      await expectSentence(
        folder,
        `${reader} b`,
        /b\/log\.jsonl: line \d+: expected at most 65536 bytes, got more\n$/,
      );
  }));

test("names with terminal escapes are shown with them written out", () =>
  withRun(async (folder) => {
    const name = "\u001b]0;owned\u0007\u009b31m\u202e";
    cpSync(`${folder}/a`, `${folder}/${name}`, { recursive: true });
    const config = `${folder}/${name}/config.json`;
    const text = readFileSync(config, "utf8");
    const outputs: string[] = [];
    const see = async (words: string) => {
      const { stdout, stderr } = await command(folder, words);
      outputs.push(stdout, stderr);
    };
    for (const reader of [
      ...READERS,
      "plot --title \u001b[31mred --out x.svg a",
      "train cartpole --steps 40 --out",
    ])
      await see(`${reader} ${name}`);
    for (const json of ["evaluate --json", "verify --json", "inspect --json", "compare --json"])
      await see(`${json} ${name}`);
    for (const field of ["task", "version"]) {
      writeFileSync(
        config,
        text.replace(new RegExp(`"${field}": "`), `"${field}": "${"\\u001b[2J\\u009b31m"}`),
      );
      for (const reader of READERS) await see(`${reader} ${name}`);
    }
    writeFileSync(config, text.replace('"model": "observed"', '"model": "\\u001b[2J"'));
    for (const reader of READERS) await see(`${reader} a ${name}`);
    await see(`fly${name}`);
    await see(`train cartpole --${name} 1`);
    await see(`train cartpole --seed ${name}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;
    for (const output of outputs) assert.not.match(output, unsafe);
    assert.ok(outputs.some((output) => output.includes("\\u001b]0;owned\\u0007\\u009b31m\\u202e")));
    assert.not.match(readFileSync(`${folder}/x.svg`, "utf8"), unsafe);
  }));

test("two processes on one folder: the second is refused, and the first goes on", () =>
  inFolder(async (folder) => {
    const words = `train cartpole --steps 100000 --out a ${SMALL}`;
    const { child, left } = processIn(folder, "../../src/cli/main.ts", { words });
    await new Promise((resolve) => child.stderr.once("data", resolve));
    await expectSentence(
      folder,
      "train --resume a",
      new RegExp(
        `a/lock.json: expected a folder that nobody writes to, got one held by process ${child.pid} on `,
      ),
    );
    child.kill("SIGINT");
    assert.is((await left).code, 130);
    assert.ok(!existsSync(`${folder}/a/lock.json`));
    assert.is((await command(folder, "verify a")).code, 0);
  }));

test("a folder that cannot be written is refused before anything is learned", () =>
  inFolder(async (folder) => {
    // the system's own folder takes nothing, even from its owner
    if (existsSync("/proc/self"))
      await expectSentence(
        folder,
        "train cartpole --out /proc/run",
        /^error: \/proc\/run: expected to make this folder, got /,
      );
    if (process.getuid?.() === 0 || !isUnix) return;
    mkdirSync(`${folder}/closed`);
    chmodSync(`${folder}/closed`, 0o500);
    await expectSentence(
      folder,
      "train cartpole --out closed/run",
      /closed\/run: expected to make this folder, got no permission\n$/,
    );
    await expectSentence(
      folder,
      "train cartpole --out closed",
      /closed\/lock\.json: expected to write it, got no permission\n$/,
    );
  }));

/** A disk of its own with few bytes; undefined where it is not permitted. */
function smallDisk(folder: string, bytes: number): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "none", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("a real disk that is full is told of, the training goes on, and all is written once there is room", () =>
  inFolder(async (folder) => {
    const small = `${folder}/small`;
    mkdirSync(small);
    if (!isUnix || !smallDisk(small, 2_000_000)) return;
    try {
      writeFileSync(`${small}/filler`, new Uint8Array(1_950_000));
      const words = `train cartpole --steps 150 --out small/a --checkpoint 0 ${SMALL}`;
      const { child, left } = processIn(folder, "../../src/cli/main.ts", { words });
      let seen = "";
      child.stderr.on("data", (part) => {
        seen += part;
        if (seen.includes("a full disk")) rmSync(`${small}/filler`, { force: true });
      });
      const { code, stderr } = await left;
      assert.is(code, 0, stderr);
      assert.match(
        stderr,
        /warning: small\/a\/\S+: expected to write it, got a full disk; the training goes on, and tries again\n/,
      );
      assert.match(stderr, "warning: small/a: written again\n");
      assert.is((await command(folder, "verify small/a")).code, 0);
      // one that stays full ends with a sentence
      writeFileSync(`${small}/filler`, new Uint8Array(Math.max(0, 1_900_000 - sizeOf(small))));
      const full = await command(folder, `train cartpole --steps 60 --out small/b ${SMALL}`);
      assert.equal([full.code, full.stdout], [1, ""]);
      assert.match(full.stderr, /error: small\/b\/\S+: expected to write it, got a full disk\n$/);
    } finally {
      execFileSync("umount", [small]);
    }
  }));

function sizeOf(folder: string): number {
  return Number(execFileSync("du", ["-sb", folder], { encoding: "utf8" }).split("\t")[0]);
}

test("an unknown leftover in a run's folder changes nothing", () =>
  withRun(async (folder) => {
    writeFileSync(`${folder}/a/agent.safetensors.1.tmp`, "half an agent");
    mkdirSync(`${folder}/a/notes`);
    assert.is((await command(folder, "verify a")).code, 0);
    assert.is((await command(folder, "train --resume a --steps 70")).code, 0);
    assert.ok(readdirSync(`${folder}/a`).includes("notes"));
  }));

test.run();
