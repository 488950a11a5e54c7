import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const parts = [
  { name: "experience", bytes: 98304 },
  { name: "tables of the kernels", bytes: 32768 },
];

test("shows the parts of an agent's memory, of the first environment unless one is named", () =>
  inFolder(async (folder) => {
    for (const [words, task] of [
      ["memory", "walk"],
      ["memory nap", "nap"],
    ])
      assert.equal(await commandIn(folder, words), {
        code: 0,
        stderr: "",
        stdout:
          `The agent of ${task} lives in 2 pages of 64 KiB\n\n` +
          "  part                     bytes    share\n" +
          "  experience              98,304   75.0 %\n" +
          "  tables of the kernels   32,768   25.0 %\n" +
          "  all                    131,072  100.0 %\n",
      });
  }));

test("--json prints one object", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "memory nap --json");
    assert.is(code, 0);
    assert.equal(JSON.parse(stdout), { task: "nap", parts, bytes: 131072, pages: 2 });
    assert.ok(stdout.endsWith("}\n"));
  }));

test("is planned for the kind of agent that the environment needs", () =>
  inFolder(async (folder) => {
    const asked: unknown[] = [];
    const library = {
      planMemory: async (_: unknown, options: unknown) => {
        asked.push(options);
        return { parts, bytes: 131072, pages: 2 };
      },
    };
    await commandIn(folder, "memory walk", { library });
    await commandIn(folder, "memory nap", { library });
    assert.equal(asked, [{ model: "observed" }, { model: "latent" }]);
  }));

test("an unknown environment is one sentence", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await commandIn(folder, "memory fly");
    assert.equal([code, stdout, stderr], [1, "", 'error: task: expected one of walk, nap, got "fly"\n']);
  }));

test.run();
