/** The page of `examples/bench` in real browsers; each is skipped where it is not installed. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Server, serve } from "../../scripts/hosts/server.ts";
import { type Browser, inBrowsers, type Page } from "../helpers/hosts.ts";
import { textOf, until } from "../helpers/visit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const building = suite("page");

building("is built", () => {
  execFileSync(process.execPath, ["scripts/page.mjs", "bench", "build"], { cwd: root, stdio: "pipe" });
});

building.run();

const click = (page: Page, id: string) =>
  page.evaluate((wanted) => document.getElementById(wanted)?.click(), id);
const status = (page: Page) => textOf(page, "status");

/** What "Copy as JSON" gives, without a clipboard. */
async function copied(page: Page) {
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await click(page, "copy");
  await until(page, async () => (await textOf(page, "json")) !== "");
  return JSON.parse(await textOf(page, "json"));
}

inBrowsers((test, { name, launch }) => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  test.before(async () => {
    server = await serve(`${root}build/bench/`);
    browser = await launch();
    page = await browser.open(`${server.address}?filter=habit`);
  });
  test.after(async () => {
    await browser.close();
    await server.close();
  });

  test("finishes what the address asks for, and gives it as JSON", async () => {
    await until(page, async () => /^1 of \d+ cases$/.test(await status(page)));
    await click(page, "run");
    await until(page, async () => (await status(page)) === "finished: 1 of 1 measured");
    const { engine, cores, clock, build, measurements } = await copied(page);
    assert.match(engine, new RegExp(`^${name} \\d`));
    assert.ok(cores >= 1 && clock > 0, `${cores} cores, ${clock} ms`);
    assert.match(build, /^(128-bit|relaxed) SIMD$/);
    assert.equal(
      measurements.map(({ work }: { work: string }) => work),
      ["habit action  3-64-64-21 silu"],
    );
    for (const key of ["p50", "gigaflops", "peakShare", "plainRatio"])
      assert.ok(
        Number.isFinite(measurements[0][key]) && measurements[0][key] > 0,
        JSON.stringify(measurements),
      );
    assert.match(await textOf(page, "works"), /habit action 3-64-64-21 silu[\d.]+ µs[\d.]+\d+ %× [\d.]+/);
  });

  test("the builds' figures are not mixed", async () => {
    const isTaken = await page.evaluate(() => {
      const plain = document.getElementById("plain") as HTMLInputElement;
      const wasPlain = plain.checked;
      plain.click();
      return !wasPlain;
    });
    if (isTaken)
      assert.ok(await page.evaluate(() => (document.getElementById("copy") as HTMLButtonElement).disabled));
  });

  test("stops at once, and keeps what it has", async () => {
    const whole = await browser.open(server.address);
    await until(whole, async () => /^(\d+) of \1 cases$/.test(await status(whole)));
    await click(whole, "run");
    await until(whole, async () => /^[2-9] of \d+: /.test(await status(whole)));
    await click(whole, "run");
    assert.match(await status(whole), /^stopped: [1-9] of \d+ measured$/);
    const { measurements } = await copied(whole);
    assert.match(await status(whole), `stopped: ${measurements.length} of `);
    assert.equal(whole.errors, []);
    await whole.close();
  });

  test("has printed no error", () => {
    assert.equal(page.errors, []);
  });
});
