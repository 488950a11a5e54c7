import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

test("times the kernels that are asked for, under the machine's names", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "bench --filter habit");
    assert.is(code, 0);
    const [machine, line, ...more] = stdout.split("\n");
    assert.match(machine, /^Node [\d.]+, V8 .*; .* × \d+; 128-bit SIMD; medians, one thread$/);
    assert.match(line, /^habit action {2}3-64-64-21 silu +[\d.]+ µs +[\d.]+ GFLOP\/s {2}\d+ % of the peak$/);
    assert.equal(more, [""]);
  }));

test("--json prints an object a case: time, rate, share of the peak, and the machine", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "bench --json --filter habit");
    assert.is(code, 0);
    const { work, p50, gigaflops, peakShare, ...machine } = JSON.parse(stdout);
    assert.is(work, "habit action  3-64-64-21 silu");
    assert.ok(p50 > 0 && peakShare > 0);
    const operations = 2 * (3 * 64 + 64 * 64 + 64 * 21);
    assert.ok(Math.abs(gigaflops / (operations / p50 / 1000) - 1) < 1e-12);
    assert.equal(Object.keys(machine), ["engine", "cpu", "build"]);
    assert.match(machine.engine, `Node ${process.versions.node}`);
  }));

test("says in a sentence that no case has such a name", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await commandIn(folder, "bench --filter gemm");
    assert.is(code, 1);
    assert.match(stderr, /^error: filter: expected a part of a case's name \(plan, .*\), got gemm\n$/);
  }));

test.run();
