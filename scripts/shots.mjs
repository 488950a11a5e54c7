// The pictures of the page in docs/page, of the same lives each time: builds it, visits it with Chromium, and pauses where a
// picture is to be taken.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { HOSTS } from "./hosts/hosts.ts";
import { getHost } from "./hosts/install.ts";
import { withPalette } from "./palette.mjs";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** Keys are pressed at first; then the page learns until an element shows so much. */
const SHOTS = [
  { name: "light", task: "pendulum", until: ["episode", 4], screen: DESKTOP },
  { name: "dark", task: "mountain-car-continuous", until: ["steps", 120], screen: DESKTOP, isDark: true },
  { name: "belief", task: "pendulum-position", until: ["steps", 600], screen: DESKTOP },
  { name: "phone", task: "cartpole-swingup", until: ["episode", 5], screen: PHONE },
];

const words = process.argv.slice(2);
execFileSync(process.execPath, [path("scripts/page.mjs"), "build"], { stdio: "inherit" });
const server = await preview({
  configFile: false,
  root: path("examples/browser"),
  build: { outDir: path("build/page") },
});
const browser = await chromium.launch({
  executablePath: (await getHost("chromium")).path,
  args: [...HOSTS.chromium.words],
});
for (const shot of SHOTS.filter(({ name }) => words.length === 0 || words.includes(name))) await take(shot);
await browser.close();
await server.close();

async function take({ name, task, until: [id, least], screen, isDark }) {
  const page = await browser.newPage({ ...screen, colorScheme: isDark ? "dark" : "light" });
  page.setDefaultTimeout(0);
  await page.goto(`${server.resolvedUrls.local[0]}?task=${task}&seed=1`);
  await page.keyboard.press("m");
  await page.waitForFunction(
    ([wanted, value]) => Number(document.getElementById(wanted).textContent) >= value,
    [id, least],
    { polling: 20 },
  );
  // a moment in real time, so that body and futures are of one step
  await page.evaluate(() => document.querySelector('input[name="pace"][value="1"]').click());
  await page.waitForTimeout(600);
  await page.keyboard.press("Space");
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(600);
  const picture = await withPalette(page, await page.screenshot({ fullPage: !screen.isMobile }));
  writeFileSync(path(`docs/page/${name}.png`), picture);
  console.log(`docs/page/${name}.png  ${Math.round(picture.length / 1000)} kB`);
  await page.close();
}
