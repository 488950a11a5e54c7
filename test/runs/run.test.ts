import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { momentOf } from "../../src/runs/checkpoint.ts";
import type { RunConfig } from "../../src/runs/config.ts";
import { noDiagnostics } from "../../src/runs/diagnostics.ts";
import { type Disk, disk } from "../../src/runs/disk.ts";
import { readBytes, readText } from "../../src/runs/files.ts";
import {
  createNextRun,
  createRun,
  openRun,
  type RunWriter,
  readAgent,
  readConfig,
  readLog,
  runFiles,
} from "../../src/runs/run.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { fileOfTexts, textsOf } from "../helpers/files.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";
import { losses, PowerCut, type SimulatedDisk, simulatedDisk } from "../helpers/simulatedDisk.ts";

const config: RunConfig = {
  version: "1.2.3",
  task: "pendulum",
  seed: 4,
  steps: 2000,
  options: { seed: 4 },
  started: "2026-01-02T03:04:05.000Z",
};
const episodes = episodesOf([1, 2, 3, 4, 5, 6]).map((episode, k) => ({ ...episode, chain: `c${k + 1}` }));

/** The k-th checkpoint, k = 1, 2 …: one more episode. @param isOpen whether another one is running */
function checkpoint(k: number, lines = episodes.slice(k - 1, k), isOpen = false) {
  return {
    file: fileOfTexts({ step: String(k) }),
    moment: { steps: 10 * k, episodes: k, chain: `c${k}`, trail: "t", sums: noDiagnostics() },
    lines,
    open: isOpen ? episodes[k] : undefined,
  };
}

const stepOf = (bytes: Uint8Array) => Number(textsOf(bytes).step);

test("a run folder gives back its configuration, its episodes and its agent, and keeps the agent before", () =>
  inFolder((parent) => {
    const folder = join(parent, "a", "run");
    const run = createRun(folder, config);
    for (const k of [1, 2]) run.keep(checkpoint(k));
    assert.equal(readdirSync(folder).sort(), [
      "agent.previous.safetensors",
      "agent.safetensors",
      "config.json",
      "lock.json",
      "log.jsonl",
    ]);
    run.addTimings([{ episode: 1 }]);
    run.addTimings([{ episode: 2 }]);
    run.beat();
    run.close();
    assert.equal(readConfig(folder), config);
    assert.equal(readLog(folder).episodes, episodes.slice(0, 2));
    assert.is(stepOf(readAgent(folder)), 2);
    assert.is(momentOf(readAgent(folder)).bytes, readLog(folder).ends[1]);
    assert.is(stepOf(readBytes(runFiles(folder).previous)), 1);
    assert.is(readText(runFiles(folder).timings), '{"episode":1}\n{"episode":2}\n');
    assert.ok(!readdirSync(folder).includes("lock.json"));
  }));

test("an opened run goes on where its agent is: what the log holds beyond is written anew", () =>
  inFolder((parent) => {
    const folder = join(parent, "run");
    const run = createRun(folder, config);
    run.keep(checkpoint(1));
    run.keep(checkpoint(2, undefined, true));
    run.close();
    assert.is(readLog(folder).episodes.length, 3);
    const opened = openRun(folder);
    assert.equal(opened.config, config);
    const { writer, episodes: before, warning } = opened.goOn(momentOf(readBytes(opened.checkpoints[0])));
    assert.equal([before, warning], [episodes.slice(0, 2), undefined]);
    writer.keep(checkpoint(3));
    writer.close();
    assert.equal(readLog(folder).episodes, episodes.slice(0, 3));
    const again = openRun(folder);
    again.goOn(undefined).writer.keep(checkpoint(1));
    assert.equal(readLog(folder).episodes, episodes.slice(0, 1));
    again.close();
  }));

test("a log that does not fit its agent is told of, and goes on with a gap", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    const run = createRun(folder, config);
    for (const k of [1, 2, 3]) run.keep(checkpoint(k));
    run.close();
    const { log, agent } = runFiles(folder);
    const whole = readText(log);
    const moment = momentOf(readBytes(agent));
    for (const [text, fit] of [
      [whole.slice(0, -30), 2],
      [whole.replace("c3", "cx"), 3],
      [`no log\n${whole}`, 0],
    ] as const) {
      writeFileSync(log, text);
      const opened = openRun(folder);
      const { writer, episodes: before, warning } = opened.goOn(moment);
      assert.is(before.length, fit);
      assert.is(
        warning,
        `${log}: expected the 3 episodes of the agent, got ${fit} that fit; the log goes on with a gap`,
      );
      writer.keep(checkpoint(4));
      writer.close();
      assert.is(readLog(folder).episodes.length, fit + 1);
    }
  }));

test("one folder has one writer", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    const run = createRun(folder, config);
    assert.match(
      await messageOf(() => openRun(folder)),
      `${folder}/lock.json: expected a folder that nobody writes to, got one held by process ${process.pid} on `,
    );
    writeFileSync(runFiles(folder).lock, readText(runFiles(folder).lock).replace(String(process.pid), "1"));
    assert.match(await messageOf(() => run.keep(checkpoint(1))), "got one held by process 1 on ");
    assert.is(readText(runFiles(folder).log), "");
  }));

test("uses an empty folder, and refuses one that holds files or a file, leaving them as they were", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    mkdirSync(folder);
    // left by a process that ended before it wrote anything
    writeFileSync(join(folder, "lock.json"), "");
    writeFileSync(join(folder, "config.json.7.tmp"), "{");
    createRun(folder, config).close();
    const before = readText(runFiles(folder).config);
    assert.is(
      await messageOf(() => createRun(`${folder}/`, { ...config, seed: 5 })),
      `${folder}/: expected a new or empty folder, got a folder that holds files; name another, for example ${folder}-2`,
    );
    assert.is(readText(runFiles(folder).config), before);
    writeFileSync(join(parent, "file"), "text");
    assert.match(
      await messageOf(() => createRun(join(parent, "file"), config)),
      "file: expected a new or empty folder, got a file; name another, for example ",
    );
  }));

test("takes the next free name for a folder that nobody named", () =>
  inFolder((parent) => {
    const names = [1, 2, 3].map(() => createNextRun(join(parent, "run"), config).folder);
    assert.equal(names, [join(parent, "run"), join(parent, "run-2"), join(parent, "run-3")]);
  }));

test("says which part of a run folder is missing, and follows no link out of it", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    const files = runFiles(folder);
    assert.is(await messageOf(() => readConfig(folder)), `${folder}: expected a run folder, got nothing`);
    mkdirSync(folder);
    assert.is(
      await messageOf(() => readLog(folder)),
      `${folder}: expected a run folder, got an empty folder`,
    );
    createRun(folder, config).close();
    assert.is(await messageOf(() => readAgent(folder)), `${files.agent}: expected a file, got nothing there`);
    rmSync(files.config);
    assert.is(
      await messageOf(() => readConfig(folder)),
      `${files.config}: expected a file, got nothing there`,
    );
    assert.is(await messageOf(() => readAgent(files.log)), `${files.log}: expected a run folder, got a file`);
    rmSync(files.log);
    symlinkSync("/dev/zero", files.log);
    assert.is(await messageOf(() => readLog(folder)), `${files.log}: expected a file, got a symbolic link`);
  }));

/** Begins a run and writes five checkpoints, each of which is tried again until it is written; or until the power is gone. */
function keepFive(on: Disk): { readonly kept: number; readonly failures: number } {
  let [kept, failures] = [0, 0];
  const again = <Result>(work: () => Result): Result => {
    for (;;)
      try {
        return work();
      } catch (error) {
        if ((error as Error).cause instanceof PowerCut || error instanceof PowerCut) throw error;
        failures++;
      }
  };
  try {
    const run: RunWriter = again(() => createRun("/run", config, on));
    for (; kept < 5; kept++) again(() => run.keep(checkpoint(kept + 1, undefined, kept % 2 === 1)));
    run.close();
  } catch {
    // the power is gone
  }
  return { kept, failures };
}

/** Calls of the disk that it takes. */
function callsOfFive(): number {
  const on = simulatedDisk();
  assert.equal(keepFive(on), { kept: 5, failures: 0 });
  return on.calls();
}

/** The newest checkpoint of a folder, with its log; 0 where there is none yet. */
function newestOf(on: SimulatedDisk): number {
  const opened = openRun("/run", on);
  for (const path of opened.checkpoints) {
    let bytes: Uint8Array;
    try {
      bytes = readBytes(path, { disk: on });
    } catch {
      continue;
    }
    const { writer, episodes: before, warning } = opened.goOn(momentOf(bytes));
    const k = stepOf(bytes);
    assert.equal([before, warning], [episodes.slice(0, k), undefined]);
    writer.keep(checkpoint(k + 1));
    assert.equal(readLog("/run", on).episodes, episodes.slice(0, k + 1));
    writer.close();
    return k;
  }
  return 0;
}

test("whichever call of the disk fails once, the next try writes the checkpoint", () => {
  const calls = callsOfFive();
  assert.ok(calls > 100, `${calls} calls`);
  let failed = 0;
  for (let call = 1; call <= calls; call++) {
    const on = simulatedDisk();
    on.fail({ call, kind: "error" });
    const { kept, failures } = keepFive(on);
    assert.is(kept, 5, `call ${call}`);
    failed += failures;
    assert.equal(readLog("/run", on).episodes, episodes.slice(0, 5), `call ${call}`);
    assert.is(stepOf(readAgent("/run", on)), 5, `call ${call}`);
  }
  assert.ok(failed > calls / 3, `${failed} of ${calls} failed`);
});

test("wherever the power is cut, and whatever is lost: the newest checkpoint that was written is there, with its log", () => {
  const calls = callsOfFive();
  for (let call = 1; call <= calls; call++)
    for (const loss of losses) {
      const on = simulatedDisk();
      on.fail({ call, kind: "power" });
      const { kept } = keepFive(on);
      const left = on.afterPowerCut(loss);
      const where = `call ${call}, ${JSON.stringify(loss)}`;
      // the lock of a process that is gone: here it is this very one
      if (left.list("/run").includes("lock.json")) left.remove("/run/lock.json");
      const hasConfig = left.list("/run").includes("config.json");
      if (!hasConfig) {
        assert.is(kept, 0, where);
        continue;
      }
      const newest = newestOf(left);
      assert.ok(newest >= kept && newest <= kept + 1, `${where}: ${newest} of ${kept}`);
    }
});

test("a real disk and the simulated one agree on what a run leaves", () =>
  inFolder((parent) => {
    const on = simulatedDisk();
    keepFive(on);
    const run = createRun(join(parent, "run"), config);
    for (let k = 0; k < 5; k++) run.keep(checkpoint(k + 1, undefined, k % 2 === 1));
    run.close();
    const names = [...disk.list(join(parent, "run"))].sort();
    assert.equal([...on.list("/run")].sort(), names);
    for (const name of names)
      assert.equal(readBytes(`/run/${name}`, { disk: on }), readBytes(join(parent, "run", name)), name);
  }));

test.run();
