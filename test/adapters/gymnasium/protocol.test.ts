import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  decodeAnswer,
  encodeReset,
  encodeStep,
  PROTOCOL,
  readHello,
  readText,
  sizeOf,
} from "../../../src/adapters/gymnasium/protocol.ts";
import { box, discrete } from "../../../src/environments/environment.ts";

test("a reset has its copy and its seed, whole up to 2³² − 1", () => {
  assert.equal([...new Uint32Array(encodeReset(9, 2, 0xffffffff))], [1, 9, 2, 1, 0xffffffff]);
  assert.equal([...new Uint32Array(encodeReset(9, 2, undefined))], [1, 9, 2, 0, 0]);
});

test("a step has the copies, then their actions as float32", () => {
  const message = encodeStep(5, [3, 1], [Float32Array.of(0.5, -1), [2, 4]]);
  assert.equal([...new Uint32Array(message, 0, 5)], [2, 5, 2, 3, 1]);
  assert.equal([...new Float32Array(message, 20)], [0.5, -1, 2, 4]);
});

test("an answer is cut into rows", () => {
  const message = new ArrayBuffer(24);
  new Uint32Array(message).set([7, 2]);
  new Float32Array(message, 8).set([1, 2, 3, 4]);
  const { id, rows } = decodeAnswer(message);
  assert.is(id, 7);
  assert.equal(
    rows.map((row) => [...row]),
    [
      [1, 2],
      [3, 4],
    ],
  );
  assert.throws(() => decodeAnswer(new ArrayBuffer(6)), /^message: expected words and numbers, got 6 bytes$/);
  new Uint32Array(message).set([7, 3]);
  assert.throws(() => decodeAnswer(message), /^message: expected 3 rows, got 4 numbers$/);
});

test("a hello is checked part by part", () => {
  const hello = { protocol: PROTOCOL, copies: 1, observationSpace: { kind: "box", low: [null], high: [1] } };
  const whole = { ...hello, actionSpace: { kind: "discrete", n: 3 } };
  assert.equal(readHello(JSON.stringify(whole)), {
    ...{ copies: 1, observationSpace: box([-Infinity], [1]), actionSpace: discrete(3) },
  });
  for (const [part, message] of [
    [{ copies: 0 }, /^hello: expected copies ≥ 1, got 0$/],
    [{ actionSpace: { kind: "dict" } }, /^actionSpace: expected a box or a discrete space, got /],
    [{ protocol: 3 }, /^hello: expected the protocol /],
    [{ error: "no" }, /^server: no$/],
  ] as const)
    assert.throws(() => readHello(JSON.stringify({ ...whole, ...part })), message);
  assert.throws(() => readText("{"), /^message: expected an object of JSON, got /);
});

test("a choice is one number", () => {
  assert.is(sizeOf(discrete(5)), 1);
  assert.is(sizeOf(box([0, 0], [1, 1])), 2);
});

test.run();
