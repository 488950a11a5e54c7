import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { acquireLock, type Holder, type Processes, TakenError, thisHost } from "../../src/runs/lock.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

const here: Holder = { pid: 11, host: "here", began: "5", since: "2026-01-02T03:04:05.000Z" };
const withPath = (work: (path: string) => void | Promise<void>) =>
  inFolder((folder) => work(join(folder, "lock.json")));

/** Processes of which some run. */
const processesOf = (self: Holder, running: readonly number[], now = 0): Processes => ({
  self: () => self,
  isRunning: ({ pid }) => running.includes(pid),
  now: () => now,
});
const messageFor = (path: string, { pid, host, since }: Holder) =>
  `${path}: expected a folder that nobody writes to, got one held by process ${pid} on ${host} since ${since}; ` +
  "wait for it, or end it";

test("names its holder, is refused to others while that runs, and is given back", () =>
  withPath(async (path) => {
    const lock = acquireLock(path, { processes: processesOf(here, [11]) });
    assert.equal(JSON.parse(readFileSync(path, "utf8")), here);
    const other = { processes: processesOf({ ...here, pid: 12 }, [11, 12]) };
    assert.is(await messageOf(() => acquireLock(path, other)), messageFor(path, here));
    lock.expectHeld();
    lock.release();
    assert.is(existsSync(path), false);
    acquireLock(path, other).release();
  }));

test("one whose holder is gone is taken over, and the old holder says so when it comes back", () =>
  withPath(async (path) => {
    const old = acquireLock(path, { processes: processesOf(here, [11]) });
    const next = { ...here, pid: 12 };
    const lock = acquireLock(path, { processes: processesOf(next, [12]) });
    lock.expectHeld();
    assert.throws(
      () => old.expectHeld(),
      (error: Error) => error instanceof TakenError,
    );
    assert.is(await messageOf(() => old.expectHeld()), messageFor(path, next));
    old.release();
    assert.is(existsSync(path), true, "it gives back no lock of another");
  }));

test("a holder on another host counts as gone after ten minutes without a sign of life", () =>
  withPath(async (path) => {
    const far = { ...here, host: "far" };
    const old = acquireLock(path, { processes: processesOf(far, [11]) });
    const now = Date.now();
    utimesSync(path, new Date(now - 599_000), new Date(now - 599_000));
    const other = { processes: processesOf({ ...here, pid: 12 }, [], now) };
    assert.is(await messageOf(() => acquireLock(path, other)), messageFor(path, far));
    utimesSync(path, new Date(now - 601_000), new Date(now - 601_000));
    old.beat();
    assert.is(await messageOf(() => acquireLock(path, other)), messageFor(path, far));
    utimesSync(path, new Date(now - 601_000), new Date(now - 601_000));
    acquireLock(path, other);
  }));

test("one that is torn, or removed by hand, is taken", () =>
  withPath((path) => {
    for (const text of ["", '{"pid":11', '{"pid":"11"}', "null"]) {
      writeFileSync(path, text);
      acquireLock(path, { processes: processesOf(here, [11]) }).release();
    }
    const lock = acquireLock(path, { processes: processesOf(here, [11]) });
    writeFileSync(path, readFileSync(path));
    lock.release();
    lock.expectHeld();
    assert.is(existsSync(path), true);
  }));

test("knows the processes of this host", () => {
  const self = thisHost.self();
  assert.equal([self.pid, self.host], [process.pid, hostname()]);
  assert.is(thisHost.isRunning(self), true);
  assert.is(thisHost.isRunning({ ...self, pid: 2 ** 22 + 1 }), false);
  // a number that is used again: another process
  if (self.began !== "") assert.is(thisHost.isRunning({ ...self, began: "1" }), false);
});

test.run();
