import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import { crc32c, createEventFile, scalarsOf } from "../../src/runs/tensorboard.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { inFolder } from "../helpers/folder.ts";

/** A reader of its own, written from the formats' descriptions: records, check sums bit by bit, fields of protocol buffers. */
function readEvents(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const events = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    assert.is(view.getUint32(at + 8, true), maskedSum(file.subarray(at, at + 8)), "check sum of the length");
    const data = file.subarray(at + 12, at + 12 + length);
    assert.is(view.getUint32(at + 12 + length, true), maskedSum(data), "check sum of the event");
    events.push(readEvent(data));
    at += 16 + length;
  }
  return events;
}

function maskedSum(data: Uint8Array): number {
  let sum = 0xffffffffn;
  for (const byte of data) {
    sum ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) sum = sum & 1n ? (sum >> 1n) ^ 0x82f63b78n : sum >> 1n;
  }
  sum ^= 0xffffffffn;
  return Number(((((sum >> 15n) | (sum << 17n)) & 0xffffffffn) + 0xa282ead8n) & 0xffffffffn);
}

type Field = readonly [number: number, value: number | Uint8Array];

function fieldsOf(data: Uint8Array): readonly Field[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = data[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (at < data.length) {
    const key = varint();
    const [number, wire] = [key >> 3, key & 7];
    if (wire === 0) fields.push([number, varint()]);
    else if (wire === 1) {
      fields.push([number, view.getFloat64(at, true)]);
      at += 8;
    } else if (wire === 5) {
      fields.push([number, view.getFloat32(at, true)]);
      at += 4;
    } else {
      assert.is(wire, 2);
      const length = varint();
      fields.push([number, data.subarray(at, at + length)]);
      at += length;
    }
  }
  assert.is(at, data.length);
  return fields;
}

const textOf = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array);

function readEvent(data: Uint8Array) {
  const fields = new Map(fieldsOf(data));
  const values = fields.has(5) ? fieldsOf(fields.get(5) as Uint8Array) : [];
  const scalars = values.map(([, value]) => {
    const scalar = new Map(fieldsOf(value as Uint8Array));
    return [textOf(scalar.get(1)), scalar.get(2)] as const;
  });
  return {
    time: fields.get(1),
    step: fields.get(2),
    version: fields.has(3) ? textOf(fields.get(3)) : undefined,
    scalars: Object.fromEntries(scalars),
  };
}

const plans = {
  ...{ planned: 7, habitAgreement: 0.5, scoreSpread: 2, effectiveSampleSize: 12.5 },
  ...{ beliefSampleSize: Number.NaN, rewarding: 3, terminal: 1 },
};
const lines: readonly LoggedEpisode[] = episodesOf([-30, 2 ** 0.5]).map((episode) => ({
  ...episode,
  steps: 100_000 * episode.steps,
  plans,
}));

test("an independent reader finds the version, times, steps and scalars that were written", () =>
  inFolder((folder) => {
    let now = 1_700_000_000_500;
    const file = createEventFile(folder, { now: () => now });
    assert.match(basename(file.path), /^events\.out\.tfevents\.1700000000\.[\w.-]+\.\d+$/);
    file.add(lines[0]);
    file.flush();
    now += 1500;
    file.add(lines[1]);
    file.flush();
    file.flush();
    const [first, ...events] = readEvents(readFileSync(file.path));
    assert.equal(first, { time: 1_700_000_000.5, step: 0, version: "brain.Event:2", scalars: {} });
    assert.equal(
      events.map(({ time, step, version }) => [time, step, version]),
      [
        [1_700_000_000.5, 1_000_000, undefined],
        [1_700_000_002, 2_000_000, undefined],
      ],
    );
    for (const [i, { scalars }] of events.entries()) {
      const expected = [...scalarsOf(lines[i])].map(([name, value]) => [name, Math.fround(value)]);
      assert.equal(scalars, Object.fromEntries(expected));
    }
  }));

test("shows the terms, the model's error and the plans; not what is no number", () => {
  const { bound } = lines[0];
  assert.equal(Object.fromEntries(scalarsOf(lines[0])), {
    ...{ "episode/return": -30, "episode/length": 10, "model/error": 0.25 },
    ...{ "bound/reward": bound.reward, "bound/information_gain": bound.informationGain },
    ...{ "bound/state_consistency": 0, "bound/action_consistency": -0.25, "bound/total": -2.75 },
    ...{ "plans/planned": 7, "plans/habit_agreement": 0.5, "plans/score_spread": 2 },
    ...{ "plans/effective_sample_size": 12.5, "plans/rewarding": 3, "plans/terminal": 1 },
  });
});

test("the check sum is CRC-32C, by its known values", () => {
  assert.is(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
  assert.is(crc32c(new Uint8Array(32)), 0x8a9136aa);
});

test("what could not be written is written the next time", () =>
  inFolder((folder) => {
    const file = createEventFile(`${folder}`, { now: () => 0 });
    file.add(lines[0]);
    const missing = createEventFile(`${folder}/none`, { now: () => 0 });
    assert.throws(() => missing.flush());
    file.flush();
    assert.is(readEvents(readFileSync(file.path)).length, 2);
  }));

test.run();
