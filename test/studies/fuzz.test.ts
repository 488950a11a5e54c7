/** A part of what `npm run fuzz` tries, and bytes by fast-check. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FileError, loadAgent, loadHabit, resume } from "../../src/index.ts";
import { parseConfig } from "../../src/runs/config.ts";
import { attemptFile, kindsOf } from "../../studies/fuzz/attempt.ts";
import { createDraw } from "../../studies/fuzz/draw.ts";
import { MUTATIONS, rehashed, subjects } from "../../studies/fuzz/files.ts";
import {
  count,
  faultsOf,
  inputsOf,
  nextNumber,
  readTally,
  tableOf,
  writeTally,
} from "../../studies/fuzz/tally.ts";
import { later } from "../helpers/later.ts";
import { smallAgent } from "../helpers/smallAgent.ts";

const files = await subjects();
const { environment } = await smallAgent("cartpole");

for (const { name, attempt } of kindsOf(files))
  test(`is taken, or refused as promised: ${name}`, async () => {
    for (let number = 0; number < 8; number++) {
      const { what, message } = await attempt(number);
      assert.is.not(what, "fault", `number ${number}: ${message}`);
    }
  });

test("the files are taken as they are, and every way to spoil them changes them", async () => {
  assert.is(files.length, 4);
  for (const subject of files) {
    assert.is((await attemptFile(subject, subject.bytes)).what, "taken", subject.name);
    for (const [name, spoil] of Object.entries(MUTATIONS)) {
      const changed = [1, 2, 3, 4, 5, 6, 7, 8].filter(
        (seed) => Buffer.compare(spoil(subject.bytes, createDraw(seed)), subject.bytes) !== 0,
      );
      // a habit has no indices
      if (subject.name !== "habit" || name !== "indices out of range")
        assert.ok(changed.length > 1, `${subject.name}, ${name}: ${changed.length} of 8`);
    }
  }
});

test("most spoilt files whose hash is right are refused for what they say", async () => {
  const kind = kindsOf(files).find(({ name }) => name === "observed: counters, settings and spaces");
  assert.ok(kind);
  const outcomes = [];
  for (let number = 0; number < 40; number++) outcomes.push(await kind.attempt(number));
  const refused = outcomes.filter(({ what }) => what === "refused");
  assert.ok(refused.length > 10 && refused.length < 40, `${refused.length} of 40`);
  assert.ok(refused.every(({ message }) => !message.includes("SHA-256")));
});

test("what was counted is kept, and a run goes on with the next number", () => {
  const path = join(mkdtempSync(join(tmpdir(), "fuzz-test-")), "state.json");
  const kinds = kindsOf(files).slice(0, 2);
  const tally = readTally(kinds, 3, path);
  const outcome = { what: "taken", message: "", time: 1, reserved: 0, size: 10 } as const;
  const [first] = tally.rows;
  const number = nextNumber(tally, first);
  assert.is(count(tally, first, number, outcome), undefined);
  assert.is(count(tally, first, number + 1, { ...outcome, what: "refused", reserved: 40 }), undefined);
  const fault = { ...outcome, what: "fault", message: "trap 7" } as const;
  assert.is(count(tally, first, number + 2, fault), `${first.name}, number ${number + 2}: trap 7`);
  // another of its sort is counted, and not told again
  assert.is(count(tally, first, number + 3, { ...fault, message: "trap 8" }), undefined);
  assert.match(count(tally, first, number + 4, { ...outcome, time: 200.4 }) ?? "", /: 200 ms$/);
  writeTally(tally, path);
  const again = readTally(kinds, 3, path);
  assert.equal(again, tally);
  assert.is(nextNumber(again, again.rows[0]), number + 5);
  assert.is(nextNumber(again, again.rows[1]), number);
  assert.is(inputsOf(again), 5);
  assert.is(faultsOf(again), 3);
  assert.match(tableOf(again), `| ${first.name} | 5 | 2 | 1 | 2 | 1 | 200.4 | 4.0 |\n`);
  assert.throws(() => readTally(kinds, 4, path), /^seed: expected 3 of /);
  assert.throws(() => readTally(kinds.slice(1), 3, path), /^kinds: expected habit: bits/);
});

test("the host's hash is the package's", () => {
  const script = `import { hurry } from "./studies/fuzz/hurry.ts";
    import { layOut, readSafetensors, writeSafetensors } from "./src/core/safetensors.ts";
    const file = writeSafetensors({ a: Float32Array.of(1, 2, 3) }, "test");
    hurry(file);
    const again = writeSafetensors({ a: Float32Array.of(1, 2, 3) }, "test");
    readSafetensors(again);
    if (Buffer.compare(file, again) !== 0) throw new Error("other bytes");
    file[60] ^= 1;
    let message = "";
    try { readSafetensors(file); } catch (error) { message = error.message; }
    process.stdout.write(message);`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
  assert.match(stdout, /its SHA-256 is another than its header says$/, stderr);
});

async function isRefused(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    return error instanceof FileError && error.message.includes(": expected ");
  }
}

/** Bytes that begin as a file does: a length, a brace. */
const likeFiles = fc
  .tuple(fc.nat(120), fc.json({ maxDepth: 3 }), fc.uint8Array({ maxLength: 40 }))
  .map(([length, text, rest]) => {
    const header = new TextEncoder().encode(
      `{"__metadata__":{"sha256":"${"0".repeat(64)}","format":"a"},"b":${text}}`,
    );
    const padded = Math.ceil(header.length / 8) * 8;
    const file = new Uint8Array(8 + padded + rest.length).fill(32);
    file.fill(0, 0, 8);
    new DataView(file.buffer).setUint32(0, length % 3 === 0 ? length : padded, true);
    file.set(header, 8);
    file.set(rest, 8 + padded);
    return rehashed(file);
  });

test("no bytes by fast-check are an agent, a habit or a run", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), likeFiles), async (bytes) => {
      assert.ok(await isRefused(() => loadAgent(bytes)));
      assert.ok(await isRefused(() => loadHabit(bytes)));
      assert.ok(await isRefused(() => resume(bytes, later(environment))));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("no JSON by fast-check is a configuration", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      assert.throws(() => parseConfig(text, "config.json"), /^config\.json: (\w+: )?expected /);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test.run();
