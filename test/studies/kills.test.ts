/** A small part of `npm run kills` and `npm run splits`. */
import { cpSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { examine, isSameRun, runCommand } from "../../studies/kills/kill.ts";
import { compareEach, SUBJECTS, saveEach } from "../../studies/splits/split.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

const words = ["train", "cartpole", "--steps", "260", "--members", "2", "--candidates", "8"];

test("a training that is killed again and again ends with the straight run's bytes", () =>
  inFolder(async (folder) => {
    const [straight, run] = [join(folder, "straight"), join(folder, "run")];
    const done = runCommand(folder, [...words, "--out", "straight"]);
    const often = ["--checkpoint", "0"];
    const first = await runCommand(folder, [...words, "--out", "run", ...often], 900);
    const kills = [{ ...first, ...(await examine(run)) }];
    for (const delay of [0, 300, 600])
      kills.push({
        ...(await runCommand(folder, ["train", "--resume", "run", ...often], delay)),
        ...(await examine(run)),
      });
    assert.is((await done).code, 0);
    const last = await runCommand(folder, ["train", "--resume", "run"]);
    assert.is(last.code, 0, last.stderr);
    assert.ok(kills.some(({ isKilled }) => isKilled));
    assert.ok(isSameRun(straight, run));
    assert.is((await examine(run)).steps, 260);
    // and a difference is seen
    cpSync(straight, join(folder, "other"), { recursive: true });
    truncateSync(join(folder, "other/log.jsonl"), 600);
    assert.not.ok(isSameRun(straight, join(folder, "other")));
    assert.match(await messageOf(() => examine(join(folder, "other"))), "of one moment");
    rmSync(join(folder, "other/config.json"));
    assert.match(await messageOf(() => examine(join(folder, "other"))), "expected a configuration");
  }));

test("splits of a run are equal, and one that is not is found", async () => {
  for (const subject of SUBJECTS) {
    const files: Uint8Array[] = [];
    await saveEach(subject, 75, (_, file) => files.push(file));
    assert.is(files.length, 76);
    const ranges = [
      [0, 2],
      [58, 63],
      [73, 75],
    ];
    for (const [first, last] of ranges)
      assert.equal(await compareEach(subject, { first, last }, (step) => files[step]), [], subject.name);
    const broken = (step: number) => files[step === 61 ? 62 : step];
    assert.equal(await compareEach(subject, { first: 59, last: 63 }, broken), [60, 61]);
  }
});

test.run();
