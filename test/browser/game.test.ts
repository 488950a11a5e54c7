/** The game of `examples/game` in real browsers; each is skipped where it is not installed. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Server, serve } from "../../scripts/hosts/server.ts";
import { faintTexts, namelessControls, overflow, PRIVATE } from "../helpers/accessible.ts";
import { type Browser, inBrowsers, type Page } from "../helpers/hosts.ts";
import { movedWithinSteps, textOf, until } from "../helpers/visit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}build/page/`;
const building = suite("game");

building("is built beside the page, into files that ask no other host for anything", () => {
  execFileSync(process.execPath, ["scripts/page.mjs", "build"], { cwd: root, stdio: "pipe" });
  const page = readFileSync(`${folder}game/index.html`, "utf8");
  const asked = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  for (const address of asked.filter((each) => !each.startsWith("data:"))) {
    assert.match(address, /^\.\.?\//);
    assert.ok(existsSync(`${folder}game/${address}`), address);
  }
});

building.run();

const numberOf = async (page: Page, id: string) => Number(await textOf(page, id));
const click = (page: Page, selector: string) =>
  page.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.click(), selector);

/** Frames a second that the screen is given, while twenty decisions are made. */
async function paceOf(): Promise<{ readonly frames: number; readonly seconds: number }> {
  const steps = document.getElementById("steps");
  const first = Number(steps?.textContent);
  const begin = performance.now();
  for (let frames = 0; ; frames++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (Number(steps?.textContent) >= first + 20)
      return { frames, seconds: (performance.now() - begin) / 1000 };
  }
}

inBrowsers((test, { launch }) => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  test.before(async () => {
    server = await serve(folder);
    browser = await launch();
    page = await browser.open(`${server.address}game/?seed=1`);
  });
  test.after(async () => {
    await browser.close();
    await server.close();
  });

  test("it plays without a key being pressed, at random first, with the agent in a worker", async () => {
    await until(page, async () => (await numberOf(page, "steps")) >= 5);
    assert.match(await textOf(page, "chosen"), /^acting at random, to decision 100$/);
    assert.match(await textOf(page, "place"), "in a worker");
  });

  test("in real time the screen is drawn at least once a decision, and time does not run ahead", async () => {
    const { frames, seconds } = await page.evaluate(paceOf);
    assert.ok(frames >= 20, `${frames} frames for 20 decisions`);
    // twenty decisions last a second; a slow machine may take longer
    assert.ok(seconds > 0.7, `${seconds} s`);
  });

  test("learns to stand in front of the visitor: ten seconds upright within 1,200 decisions", async () => {
    await page.press("m");
    let [longest, steps] = [0, 0];
    await until(page, async () => {
      longest = Math.max(longest, await numberOf(page, "upright"));
      steps = await numberOf(page, "steps");
      return longest >= 10 || steps > 1200;
    });
    assert.ok(longest >= 10, `${longest} s within ${steps} decisions`);
    assert.is(await textOf(page, "chosen"), "planning");
  });

  test("explains: value, surprise, the next action, and what was believed", async () => {
    for (const id of ["value-now", "surprise-now"]) assert.match(await textOf(page, id), /^−?\d/);
    await until(page, async () => /predicted|°/.test(await textOf(page, "beliefs")));
    const isInked = () =>
      page.evaluate(() => {
        const picture = document.getElementById("posterior") as HTMLCanvasElement;
        const pixels = picture.getContext("2d")?.getImageData(0, 0, picture.width, picture.height).data;
        return pixels?.some((value) => value > 0) === true;
      });
    await until(page, isInked);
  });

  test("pauses and goes on by the space key", async () => {
    await page.press(" ");
    let before = -1;
    await until(page, async () => {
      const steps = await numberOf(page, "steps");
      const isStill = steps === before;
      before = steps;
      if (!isStill) await new Promise((resolve) => setTimeout(resolve, 1000));
      return isStill;
    });
    assert.is(await textOf(page, "pause-label"), "Start");
    await page.press(" ");
    await until(page, async () => (await numberOf(page, "steps")) > before);
  });

  test("the visitor drives, and the agent counts what it sees; then the agent again", async () => {
    await page.press("y");
    await until(page, async () => (await textOf(page, "chosen")) === "you are driving");
    assert.is(await textOf(page, "left-label"), "Drive left");
    const before = await numberOf(page, "steps");
    await until(page, async () => (await numberOf(page, "steps")) > before + 20);
    await page.press("g");
    await until(page, async () => (await textOf(page, "chosen")) === "planning");
    assert.is(await textOf(page, "left-label"), "Push left");
  });

  test("pushes, gravity and a new star are there for the keyboard, and the agent goes on", async () => {
    for (const key of ["ArrowLeft", "ArrowRight", "4", "n"]) await page.press(key);
    const gravity = () =>
      page.evaluate(() => document.querySelector<HTMLInputElement>('input[name="gravity"]:checked')?.value);
    assert.is(await gravity(), "24.8");
    const before = await numberOf(page, "falls");
    // nobody stands on Jupiter who learned it on Earth, pushed as well
    for (let i = 0; i < 4; i++) await page.press("ArrowLeft");
    await until(page, async () => (await numberOf(page, "falls")) > before);
    await page.press("3");
    assert.is(await gravity(), "9.81");
  });

  test("forgets all, and begins anew", async () => {
    await click(page, "#reset");
    await until(page, async () => (await numberOf(page, "steps")) < 100);
    assert.match(await textOf(page, "chosen"), /random|starting/);
  });

  test("words, names of controls, a phone's width", async () => {
    assert.not.match(await page.evaluate(() => document.body.innerText), PRIVATE);
    assert.equal(await page.evaluate(namelessControls), []);
    assert.ok((await page.evaluate(overflow)) <= 0);
  });

  for (const theme of ["light", "dark"])
    test(`text has a contrast of 4.5 : 1 or more: ${theme}`, async () => {
      assert.equal(await page.evaluate(faintTexts, theme === "dark"), []);
    });

  test("where reduced motion is asked for it waits to be started, and moves with decisions alone", async () => {
    const still = await browser.open(`${server.address}game/?still=1`, () => {
      const original = window.matchMedia.bind(window);
      window.matchMedia = (query) =>
        query.includes("reduced-motion")
          ? (Object.assign(new EventTarget(), { matches: true }) as never)
          : original(query);
    });
    assert.is(await textOf(still, "pause-label"), "Start");
    assert.is(await textOf(still, "steps"), "0");
    await still.press(" ");
    await until(still, async () => (await numberOf(still, "steps")) > 3);
    assert.is(await movedWithinSteps(still, 20), 0);
    await still.close();
    assert.ok((await movedWithinSteps(page, 20)) > 0, "without it, motion is smooth");
  });

  test("without workers it says so, and plays in the page", async () => {
    const alone = await browser.open(`${server.address}game/?alone=1`, () => {
      Object.assign(globalThis, { Worker: undefined });
    });
    await until(alone, async () => (await numberOf(alone, "steps")) > 3);
    assert.match(await textOf(alone, "place"), "No worker could be used");
    assert.equal(alone.errors, []);
    await alone.close();
  });

  test("has printed no error", () => {
    assert.equal(page.errors, []);
  });
});
