/** What a machine can check of docs/page-checks.md, in real browsers; each is skipped where it is not installed. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Server, serve } from "../../scripts/hosts/server.ts";
import { type Browser, inBrowsers, type Page } from "../helpers/hosts.ts";
import { textOf, until } from "../helpers/visit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}build/page/`;
const building = suite("page");

building("is built", () => {
  execFileSync(process.execPath, ["scripts/page.mjs", "build"], { cwd: root, stdio: "pipe" });
});

building.run();

/** Words of the code or of no textbook, which a visitor cannot know. */
const PRIVATE =
  /\b(nought|errand|wish|arrival|is told|its mind|updated mind|same life|kernels?|ensemble|latent)\b/i;

/** Texts of less contrast than 4.5 : 1 with what lies behind them, WCAG 2.2, 1.4.3; of the dark theme where it is asked for. */
function faintTexts(isDark: boolean): readonly string[] {
  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  if (pixel === null) return ["no canvas"];
  if (isDark)
    for (const sheet of document.styleSheets)
      for (const rule of sheet.cssRules)
        if (rule instanceof CSSMediaRule && rule.conditionText.includes("dark"))
          for (const inner of rule.cssRules)
            if (inner instanceof CSSStyleRule) document.documentElement.style.cssText += inner.style.cssText;
  const faint: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("body *")) {
    const own = [...element.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.textContent ?? "");
    if (
      own.join("").trim() === "" ||
      element.offsetParent === null ||
      element.closest("canvas, kbd, :disabled")
    )
      continue;
    const luminances: number[] = [];
    for (const what of ["text", "background"]) {
      let from: Element | null = element;
      let colour = getComputedStyle(element).color;
      if (what === "background")
        for (
          colour = "rgba(0, 0, 0, 0)";
          from !== null && colour === "rgba(0, 0, 0, 0)";
          from = from.parentElement
        )
          colour = getComputedStyle(from).backgroundColor;
      pixel.fillStyle = colour;
      pixel.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...pixel.getImageData(0, 0, 1, 1).data].map((byte) =>
        byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      luminances.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    }
    const ratio = (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
    if (ratio < 4.5) faint.push(`${own.join("").trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}

/** Controls without a name, or that the tab key leaves out. */
function namelessControls(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>("button, input, select, a, summary")]
    .filter((control) => control.offsetParent !== null)
    .filter((control) => {
      const labels = [...((control as HTMLInputElement).labels ?? [])].map(
        (label) => label.textContent ?? "",
      );
      const name = [control.getAttribute("aria-label"), control.textContent, ...labels].join("").trim();
      return name === "" || control.tabIndex < 0;
    })
    .map((control) => control.outerHTML.slice(0, 80));
}

/** How far the page reaches beyond a screen of a phone's width, in pixels. */
async function overflow(): Promise<number> {
  const phone = document.createElement("iframe");
  phone.style.cssText = "position: fixed; width: 390px; height: 844px; border: 0";
  phone.src = location.href;
  await new Promise((resolve) => {
    phone.onload = resolve;
    document.body.append(phone);
  });
  const wide = phone.contentDocument?.documentElement.scrollWidth ?? Number.POSITIVE_INFINITY;
  phone.remove();
  return wide - 390;
}

/** Of 30 frames that show the same step as the one before: those whose picture differs. */
async function movedBetweenSteps(): Promise<number> {
  document.querySelector<HTMLInputElement>('input[name="pace"][value="1"]')?.click();
  const world = document.getElementById("world") as HTMLCanvasElement;
  let [before, picture, seen, moved] = ["", "", 0, 0];
  while (seen < 30) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const [step, now] = [document.getElementById("steps")?.textContent ?? "", world.toDataURL()];
    if (step === before) {
      seen++;
      if (now !== picture) moved++;
    }
    [before, picture] = [step, now];
  }
  return moved;
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
    assert.is(await still.evaluate(movedBetweenSteps), 0);
    await still.close();
    assert.ok((await page.evaluate(movedBetweenSteps)) > 0, "without it, motion is smooth");
  });

  test("has printed no error", () => {
    assert.equal(page.errors, []);
  });
});
