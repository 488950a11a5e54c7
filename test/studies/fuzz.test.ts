/** A part of what `npm run fuzz` tries, and bytes by fast-check. */
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { FileError, loadAgent, loadHabit, resume } from "../../src/index.ts";
import { parseConfig } from "../../src/runs/config.ts";
import { attemptFile, kindsOf } from "../../studies/fuzz/attempt.ts";
import { createDraw } from "../../studies/fuzz/draw.ts";
import { MUTATIONS, rehashed, subjects } from "../../studies/fuzz/files.ts";
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
