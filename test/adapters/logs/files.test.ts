import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectBytes, loadPeer } from "../../../src/adapters/logs/files.ts";

test("says what to install when a package is missing", async () => {
  let message = "";
  await loadPeer("jsfive", () => Promise.reject(new Error("Cannot find package 'jsfive'\nsomewhere"))).catch(
    (error: Error) => {
      message = error.message;
    },
  );
  assert.is(message, "expected the package jsfive (npm install jsfive), got Cannot find package 'jsfive'");
  assert.is(await loadPeer("any", async () => 3), 3);
});

test("takes bytes of a part of a buffer as bytes of their own", () => {
  const part = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
  assert.equal([...new Uint8Array(expectBytes(part))], [2, 3]);
  assert.throws(
    () => expectBytes("text" as never),
    /^bytes: expected a Uint8Array or an ArrayBuffer, got "text"$/,
  );
});

test.run();
