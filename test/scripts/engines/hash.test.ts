import { test } from "uvu";
import * as assert from "uvu/assert";
import { fnv1a } from "../../../scripts/engines/hash.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

// the 64-bit vectors of Fowler, Noll & Vo's test suite
for (const [text, hash] of [
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])
  test(`gives the published fingerprint of ${JSON.stringify(text)}`, () => {
    assert.is(fnv1a(bytesOf(text)), hash);
  });

test("parts count as one run of bytes", () => {
  assert.is(fnv1a(bytesOf("foo"), new Uint8Array(0), bytesOf("bar")), "85944171f73967e8");
});

test.run();
