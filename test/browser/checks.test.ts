/** What a machine can check of docs/page-checks.md, in real browsers; each is skipped where it is not installed. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Server, serve } from "../../scripts/hosts/server.ts";
import { faintTexts, namelessControls, overflow, PRIVATE } from "../helpers/accessible.ts";
import { type Browser, inBrowsers, type Page } from "../helpers/hosts.ts";
import { movedWithinSteps, textOf, until } from "../helpers/visit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}build/page/`;
const building = suite("page");

building("is built", () => {
  execFileSync(process.execPath, ["scripts/page.mjs", "build"], { cwd: root, stdio: "pipe" });
});

building.run();

/** At the slowest pace, of 30 frames within steps: those whose picture differs. */
async function movedBetweenSteps(page: Page): Promise<number> {
  await page.evaluate(() =>
    document.querySelector<HTMLInputElement>('input[name="pace"][value="1"]')?.click(),
  );
  return movedWithinSteps(page, 30);
}

inBrowsers((test, { launch }) => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  test.before(async () => {
    server = await serve(folder);
    browser = await launch();
    page = await browser.open(`${server.address}?task=pendulum&seed=1`);
  });
  test.after(async () => {
    await browser.close();
    await server.close();
  });

  test("it acts without a key being pressed, and says how the action was chosen", async () => {
    await until(page, async () => Number(await textOf(page, "steps")) >= 2);
    assert.not.match(await textOf(page, "chosen"), /^(starting)?$/);
  });

  test("the sentences of every world are there, and in words that a visitor knows", async () => {
    for (const key of ["1", "2", "3", "4", "5"]) {
      await page.press(key);
      await until(
        page,
        async () =>
          (await page.evaluate(
            () => document.querySelector("#tasks [aria-pressed=true] kbd")?.textContent,
          )) === key,
      );
      for (const id of ["title", "lead", "notes", "information-note"])
        assert.ok((await textOf(page, id)).length > (id === "title" ? 5 : 30), `world ${key}: ${id}`);
      assert.not.match(await page.evaluate(() => document.body.innerText), PRIVATE, `world ${key}`);
    }
  });

  test("the fifth world shows the maze and the guesses at the reward's place", async () => {
    assert.is(await textOf(page, "title"), "Cue maze");
    const isShown = () => page.evaluate(() => document.getElementById("belief-figure")?.hidden === false);
    await until(page, isShown);
    assert.is(await textOf(page, "belief-label"), "arm");
  });

  test("every control has a name and is reached by the tab key", async () => {
    assert.equal(await page.evaluate(namelessControls), []);
  });

  test("nothing scrolls sideways on a phone", async () => {
    assert.ok((await page.evaluate(overflow)) <= 0);
  });

  for (const theme of ["light", "dark"])
    test(`text has a contrast of 4.5 : 1 or more: ${theme}`, async () => {
      assert.equal(await page.evaluate(faintTexts, theme === "dark"), []);
    });

  test("where reduced motion is asked for, nothing moves between two steps", async () => {
    const still = await browser.open(`${server.address}?task=pendulum&still=1`, () => {
      const original = window.matchMedia.bind(window);
      window.matchMedia = (query) =>
        query.includes("reduced-motion")
          ? (Object.assign(new EventTarget(), { matches: true }) as never)
          : original(query);
    });
    await until(still, async () => Number(await textOf(still, "steps")) > 3);
    assert.is(await movedBetweenSteps(still), 0);
    await still.close();
    assert.ok((await movedBetweenSteps(page)) > 0, "without it, motion is smooth");
  });

  test("has printed no error", () => {
    assert.equal(page.errors, []);
  });
});
