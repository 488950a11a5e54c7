/**
 * Event files of TensorBoard: records of a length, its check sum, an `Event` as a protocol buffer, and its check sum.
 * https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { type Disk, disk as thisDisk } from "./disk.ts";
import { writeFrom } from "./files.ts";
import type { LoggedEpisode } from "./log.ts";

/** An event file that grows. */
export interface EventFile {
  readonly path: string;
  /** Takes in an episode. */
  add(line: LoggedEpisode): void;
  /** Writes what came since the last time. @throws Error when it cannot be written: the next call tries again */
  flush(): void;
}

/** @param now milliseconds since 1970 */
export function createEventFile(
  folder: string,
  { now = Date.now, disk = thisDisk }: { readonly now?: () => number; readonly disk?: Disk } = {},
): EventFile {
  const host = hostname().replaceAll(/[^\w.-]/g, "_");
  const path = join(folder, `events.out.tfevents.${Math.floor(now() / 1000)}.${host}.${process.pid}`);
  let pending: Uint8Array[] = [recordOf(eventOf(now(), 0, text(3, "brain.Event:2")))];
  let end = 0;
  return {
    path,
    add(line) {
      pending.push(recordOf(eventOf(now(), line.steps, summaryOf(line))));
    },
    flush() {
      if (pending.length === 0) return;
      const bytes = concatenated(pending);
      writeFrom(path, bytes, end, disk);
      end += bytes.length;
      pending = [];
    },
  };
}

/** What is shown of an episode, by its name there. */
export function scalarsOf({
  return: sum,
  length,
  bound,
  modelError,
  plans,
}: LoggedEpisode): ReadonlyMap<string, number> {
  const { planned, rewarding, terminal, ...means } = plans ?? {};
  const counts = { planned, rewarding, terminal };
  const named: readonly (readonly [string, number | undefined])[] = [
    ["episode/return", sum],
    ["episode/length", length],
    ...Object.entries(bound ?? {}).map(([name, value]) => [`bound/${snake(name)}`, value] as const),
    ["model/error", modelError],
    ...Object.entries({ ...means, ...counts }).map(
      ([name, value]) => [`plans/${snake(name)}`, value] as const,
    ),
  ];
  return new Map(named.flatMap(([name, value]) => (Number.isFinite(value) ? [[name, Number(value)]] : [])));
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `Event`: wall_time = 1, step = 2, and file_version = 3 or summary = 5. */
function eventOf(milliseconds: number, step: number, what: Uint8Array): Uint8Array {
  const time = new DataView(new ArrayBuffer(9));
  time.setUint8(0, (1 << 3) | FIXED64);
  time.setFloat64(1, milliseconds / 1000, true);
  return concatenated([new Uint8Array(time.buffer), Uint8Array.of(2 << 3), varint(step), what]);
}

/** `Summary`, field 5 of an event: values = 1, each of tag = 1 and simple_value = 2. */
function summaryOf(line: LoggedEpisode): Uint8Array {
  const values = [...scalarsOf(line)].map(([tag, value]) => {
    const simple = new DataView(new ArrayBuffer(5));
    simple.setUint8(0, (2 << 3) | FIXED32);
    simple.setFloat32(1, value, true);
    return bytes(1, concatenated([text(1, tag), new Uint8Array(simple.buffer)]));
  });
  return bytes(5, concatenated(values));
}

/** Wire types of protocol buffers. */
const [FIXED64, LENGTH, FIXED32] = [1, 2, 5];

function text(field: number, words: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(words));
}

function bytes(field: number, contents: Uint8Array): Uint8Array {
  return concatenated([Uint8Array.of((field << 3) | LENGTH), varint(contents.length), contents]);
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...out, rest);
}

function recordOf(event: Uint8Array): Uint8Array {
  const length = new DataView(new ArrayBuffer(12));
  length.setBigUint64(0, BigInt(event.length), true);
  length.setUint32(8, masked(new Uint8Array(length.buffer, 0, 8)), true);
  const sum = new DataView(new ArrayBuffer(4));
  sum.setUint32(0, masked(event), true);
  return concatenated([new Uint8Array(length.buffer), event, new Uint8Array(sum.buffer)]);
}

/** A check sum as records hold it, so that one of a check sum is no trivial one. */
function masked(contents: Uint8Array): number {
  const sum = crc32c(contents);
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}

/** CRC-32C (Castagnoli), https://datatracker.ietf.org/doc/html/rfc3720#appendix-B.4 */
export function crc32c(contents: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of contents) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
  return sum;
});

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
