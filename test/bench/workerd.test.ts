/** The suite in workerd, where the clock stands still: it lists the cases, runs a counted number of calls, and says what is wrong. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ServedSuite, serveSuite } from "../../bench/workerd/serve.ts";
import type { Ask, Side } from "../../bench/workerd/stopwatch.ts";
import { inWorkerd } from "../helpers/hosts.ts";

const test = suite("workerd");
let served: ServedSuite;

/** Milliseconds of the quickest of three requests. */
async function quickest(ask: Ask, side: Side, calls: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await ask(side, calls);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}

await inWorkerd(test, () => {
  test.before(async () => {
    served = await serveSuite();
  });
  test.after(() => served.close());

  test("lists every case, and the peak's operations", () => {
    assert.ok(served.works.length > 40, `${served.works.length} cases`);
    assert.is(served.works.filter(({ operations }) => operations !== undefined).length, 10);
    assert.is(served.peakOperations, 40_000 * 96);
  });

  for (const side of ["wasm", "plain", "peak"] as const)
    test(`runs the side ${side} as often as it is asked to`, async () => {
      const work = served.works.find(({ name }) => name.startsWith("dense  256"));
      const ask = served.asker(work?.name ?? "");
      // the quickest side takes 30 µs a call or more
      assert.ok((await quickest(ask, side, 1000)) > 10 + (await quickest(ask, side, 0)));
    });

  test("refuses an unknown case and an unknown side with a sentence", async () => {
    const [{ name }] = served.works;
    for (const [asked, side, message] of [
      ["gemm", "wasm", /name: expected a case's name/],
      [name, "jax", /side: expected wasm, plain or peak/],
    ] as const) {
      const error = await served
        .asker(asked)(side as Side, 1)
        .then(
          () => undefined,
          (thrown: Error) => thrown,
        );
      assert.match(error?.message ?? "answered", message);
    }
  });
});

test.run();
