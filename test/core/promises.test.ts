import { test } from "uvu";
import * as assert from "uvu/assert";
import { ABANDONED, andThen, isPromise, settle, unlessAborted } from "../../src/core/promises.ts";

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

test("waits for what is promised, whether a signal could end that or not", async () => {
  const { signal } = new AbortController();
  for (const given of [undefined, signal]) {
    assert.is(await unlessAborted(Promise.resolve(3), given), 3);
    const reason = await unlessAborted(Promise.reject(new Error("no")), given).catch(
      (error) => error.message,
    );
    assert.is(reason, "no");
  }
});

test("an answer under way is waited for a little once the signal was aborted, then abandoned", async () => {
  const controller = new AbortController();
  const soon = unlessAborted(new Promise((resolve) => setTimeout(resolve, 20, "in time")), controller.signal);
  const never = unlessAborted(new Promise(() => {}), controller.signal);
  const start = performance.now();
  controller.abort();
  assert.is(await soon, "in time");
  assert.is(await never.catch((reason) => reason), ABANDONED);
  assert.ok(performance.now() - start > 900);
  assert.is(await unlessAborted(Promise.resolve(1), controller.signal), 1);
});

test("a generator's work is done at once where all that it waits for is known, else later", async () => {
  function* sum(values: readonly unknown[]): Generator<unknown, number, unknown> {
    let total = 0;
    for (const value of values)
      try {
        total += Number(yield value);
      } catch {
        total += 100;
      }
    return total;
  }
  assert.is(settle(sum([1, 2, 3])), 6);
  const later = settle(sum([1, Promise.resolve(2), 3, Promise.reject(new Error("no"))]));
  assert.instance(later, Promise);
  assert.is(await later, 106);
});

test.run();
