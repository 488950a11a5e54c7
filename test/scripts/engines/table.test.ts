import { test } from "uvu";
import * as assert from "uvu/assert";
import { chosen, faultsOf, type Outcome, tableOf } from "../../../scripts/engines/table.ts";

const HASH = "fcd5738b84c61965";
const good: Outcome = { engine: "node24", version: "24.1.0", hash: HASH, seconds: 3.25 };
const other: Outcome = { ...good, engine: "bun", hash: "0123456789abcdef" };
const absent: Outcome = { engine: "jsc", version: "–", missing: "apt-get: not found" };
const broken: Outcome = { engine: "deno", version: "2", error: "out of memory" };

test("one line an engine; what could not be got is not passed over, nor counted as passed", () => {
  assert.is(
    tableOf([good, absent, broken]),
    [
      "engine  version  hash                               seconds",
      "node24  24.1.0   fcd5738b84c61965                   3.3",
      "jsc     –        not available: apt-get: not found",
      "deno    2        failed: out of memory",
    ].join("\n"),
  );
});

test("engines that give the recorded fingerprint are without fault, and so is one that cannot be got", () => {
  assert.equal(faultsOf([good, absent], HASH), []);
});

test("names the engine that differs, and the one that failed", () => {
  assert.equal(faultsOf([good, other, broken], HASH), [
    `bun: expected ${HASH}, got 0123456789abcdef`,
    `deno: expected ${HASH}, got out of memory`,
  ]);
});

test("engines that agree with each other but not with the record are at fault", () => {
  assert.is(faultsOf([other, { ...other, engine: "deno" }], HASH).length, 2);
});

test("nothing ran is a fault", () => {
  assert.equal(faultsOf([absent], HASH), ["engines: expected one that runs, got none"]);
});

test("takes all engines, or those that are named, in their own order", () => {
  const all = [{ name: "a" }, { name: "b" }, { name: "c" }];
  assert.equal(chosen(all, undefined), all);
  assert.equal(chosen(all, ["c", "a"]), [all[0], all[2]]);
  assert.throws(() => chosen(all, ["d"]), /^--only: expected one of a, b, c, got d$/);
});

test.run();
