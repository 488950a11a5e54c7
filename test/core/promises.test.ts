import { test } from "uvu";
import * as assert from "uvu/assert";
import { andThen, isPromise } from "../../src/core/promises.ts";

test("tells promises from values that are known", () => {
  assert.ok(isPromise(Promise.resolve(1)));
  for (const value of [undefined, null, 0, "then", {}, [], () => 1]) assert.not.ok(isPromise(value));
});

test("goes on at once with what is known, and later with what is promised", async () => {
  assert.is(
    andThen(2, (value) => value + 1),
    3,
  );
  const later = andThen(Promise.resolve(2), (value) => value + 1);
  assert.ok(isPromise(later));
  assert.is(await later, 3);
});

test.run();
