/**
 * What goes over the wire, version 1. A connection begins with two texts of JSON, the hellos; then each message of the client is
 * answered by one of the server. Numbers are little-endian: words of 32 bits, then float32.
 *
 *   hello     → { protocol, environment, copies, token }      ← { protocol, observationSpace, actionSpace, copies }
 *   reset     → words [1, id, copy, hasSeed, seed]            ← words [id, 1] then X numbers
 *   step      → words [2, id, count, copy₁ … copyₙ] then count · A actions
 *                                                             ← words [id, count], then for each X numbers, reward, flags
 *   fault                                                     ← a text of JSON: { error }
 *
 * Flags: 1 terminated, 2 truncated. A choice is one number.
 */
import { shown } from "../../core/expect.ts";
import { box, discrete, type Space } from "../../environments/environment.ts";

export const PROTOCOL = "generative-agent/gymnasium/1";
const [RESET, STEP] = [1, 2];
const WORD = 4;

/** What the server says of itself. */
export interface Hello {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly copies: number;
}

/** @throws Error when it is no hello of this version, or the server refuses */
export function readHello(text: unknown): Hello {
  const hello = readText(text);
  if (hello.protocol !== PROTOCOL)
    throw new Error(`hello: expected the protocol ${PROTOCOL}, got ${shown(hello.protocol)}`);
  const copies = hello.copies;
  if (!(Number.isInteger(copies) && (copies as number) >= 1))
    throw new Error(`hello: expected copies ≥ 1, got ${shown(copies)}`);
  return {
    observationSpace: spaceIn("observationSpace", hello.observationSpace),
    actionSpace: spaceIn("actionSpace", hello.actionSpace),
    copies: copies as number,
  };
}

/** A message that is a text: an object. @throws Error with the server's words where it is a fault */
export function readText(text: unknown): Readonly<Record<string, unknown>> {
  let message: unknown;
  try {
    message = JSON.parse(String(text));
  } catch {}
  if (typeof message !== "object" || message === null)
    throw new Error(`message: expected an object of JSON, got ${shown(String(text).slice(0, 80))}`);
  const { error } = message as { readonly error?: unknown };
  if (error !== undefined) throw new Error(`server: ${String(error).slice(0, 400)}`);
  return message as Readonly<Record<string, unknown>>;
}

/** Bounds that are not finite come as null: JSON has no word for them. */
function spaceIn(name: string, space: unknown): Space {
  const { kind, n, low, high } = (space ?? {}) as Record<string, unknown>;
  if (kind === "discrete" && Number.isInteger(n) && (n as number) >= 1) return discrete(n as number);
  if (kind === "box" && Array.isArray(low) && Array.isArray(high))
    return box(
      low.map((bound) => (bound === null ? -Infinity : Number(bound))),
      high.map((bound) => (bound === null ? Infinity : Number(bound))),
    );
  throw new Error(`${name}: expected a box or a discrete space, got ${shown(space)}`);
}

/** Numbers in a value of a space. */
export function sizeOf(space: Space): number {
  return space.kind === "box" ? space.low.length : 1;
}

export function encodeReset(id: number, copy: number, seed: number | undefined): ArrayBuffer {
  return Uint32Array.of(RESET, id, copy, Number(seed !== undefined), seed ?? 0).buffer;
}

/** @param actions of each copy */
export function encodeStep(
  id: number,
  copies: readonly number[],
  actions: readonly ArrayLike<number>[],
): ArrayBuffer {
  const size = actions[0].length;
  const words = Uint32Array.of(STEP, id, copies.length, ...copies);
  const out = new Uint8Array(words.byteLength + WORD * size * copies.length);
  out.set(new Uint8Array(words.buffer));
  const numbers = Float32Array.from(actions.flatMap((action) => Array.from(action)));
  out.set(new Uint8Array(numbers.buffer), words.byteLength);
  return out.buffer;
}

/** An answer: of whom, and the numbers of each copy. @throws Error when its length is not that of whole rows */
export function decodeAnswer(data: ArrayBuffer): {
  readonly id: number;
  readonly rows: readonly Float32Array[];
} {
  if (data.byteLength < 2 * WORD || data.byteLength % WORD !== 0)
    throw new Error(`message: expected words and numbers, got ${data.byteLength} bytes`);
  const [id, count] = new Uint32Array(data, 0, 2);
  const numbers = new Float32Array(data, 2 * WORD);
  const width = numbers.length / count;
  if (!Number.isInteger(width))
    throw new Error(`message: expected ${count} rows, got ${numbers.length} numbers`);
  return {
    id,
    rows: Array.from({ length: count }, (_, i) => numbers.slice(i * width, (i + 1) * width)),
  };
}
