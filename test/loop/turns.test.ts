import { test } from "uvu";
import * as assert from "uvu/assert";
import { nextTurn, turnWhenDue } from "../../src/loop/turns.ts";

const { setImmediate } = globalThis;

/** Works for so many milliseconds. */
function work(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

test("a turn is due once eight milliseconds of work have passed, and not before", async () => {
  await nextTurn();
  assert.is(turnWhenDue(), undefined);
  work(9);
  assert.instance(turnWhenDue(), Promise);
});

for (const [host, change] of [
  ["Node", () => {}],
  ["a browser", () => Object.assign(globalThis, { setImmediate: undefined, document: {} })],
  ["any other host", () => Object.assign(globalThis, { setImmediate: undefined })],
] as const)
  test(`in ${host}, timers that are due run within a turn or two`, async () => {
    change();
    try {
      let isOver = false;
      setTimeout(() => {
        isOver = true;
      }, 1);
      for (let turns = 0; turns < 50 && !isOver; turns++) {
        work(1);
        await nextTurn();
      }
      assert.ok(isOver);
    } finally {
      Object.assign(globalThis, { setImmediate });
      Reflect.deleteProperty(globalThis, "document");
    }
  });

test.run();
