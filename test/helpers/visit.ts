/** What a visitor of the page sees and does. */
import type { Page } from "./hosts.ts";

export const textOf = (page: Page, id: string): Promise<string> =>
  page.evaluate((wanted) => document.getElementById(wanted)?.textContent ?? "", id);

/** Resolves once the page shows it; nothing is said about how long that may take. */
export async function until(page: Page, isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) {
    if (page.errors.length > 0) throw new Error(page.errors.join("\n"));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The returns of the episodes that are over. */
export async function returnsOf(page: Page): Promise<readonly number[]> {
  return (await textOf(page, "returns-text")).split(" ").filter(Boolean).map(Number);
}

export async function untilEpisodes(page: Page, count: number): Promise<readonly number[]> {
  await until(page, async () => (await returnsOf(page)).length >= count);
  return returnsOf(page);
}

/** Frames that the screen was given, and steps that were learned, until 80 more steps were learned. */
export function countFrames(page: Page): Promise<{ readonly frames: number; readonly steps: number }> {
  // no named functions within: the page lacks the helper that tsx names them with
  return page.evaluate(async () => {
    const learned = document.getElementById("steps");
    const first = Number(learned?.textContent);
    for (let frames = 1; ; frames++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const steps = Number(learned?.textContent) - first;
      if (steps >= 80) return { frames, steps };
    }
  });
}

/** Of so many frames that show the same step as the one before: those whose picture differs. */
export function movedWithinSteps(page: Page, frames: number): Promise<number> {
  return page.evaluate(async (count) => {
    const world = document.getElementById("world") as HTMLCanvasElement;
    let [before, picture, seen, moved] = ["", "", 0, 0];
    while (seen < count) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const [step, now] = [document.getElementById("steps")?.textContent ?? "", world.toDataURL()];
      if (step === before) {
        seen++;
        if (now !== picture) moved++;
      }
      [before, picture] = [step, now];
    }
    return moved;
  }, frames);
}

/** Pauses; steps that were under way when the key was pressed are over when it resolves. */
export async function pause(page: Page): Promise<void> {
  await page.press(" ");
  let before = "";
  await until(page, async () => {
    const steps = await textOf(page, "steps");
    const isSettled = steps === before;
    before = steps;
    if (!isSettled) await new Promise((resolve) => setTimeout(resolve, 1000));
    return isSettled;
  });
}

/** The file that "Save agent" gives. */
export async function savedBytes(page: Page): Promise<Uint8Array> {
  await page.evaluate(() => {
    const original = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      URL.createObjectURL = original;
      (globalThis as { saved?: unknown }).saved = blob;
      return original.call(URL, blob);
    };
    document.getElementById("save")?.click();
  });
  await until(page, () => page.evaluate(() => "saved" in globalThis));
  const text = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (globalThis as unknown as { saved: Blob }).saved.arrayBuffer());
    let characters = "";
    for (const byte of bytes) characters += String.fromCharCode(byte);
    return btoa(characters);
  });
  return Buffer.from(text, "base64");
}

/** Chooses a file for "Open agent". */
export async function openBytes(page: Page, bytes: Uint8Array): Promise<void> {
  await page.evaluate((text) => {
    const input = document.getElementById("file") as HTMLInputElement;
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], "agent.safetensors"));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
  }, Buffer.from(bytes).toString("base64"));
}

/** The return of the agent's next episode, by habit, on a page that is paused. */
export async function habitReturn(page: Page): Promise<number> {
  const before = (await returnsOf(page)).length;
  for (const key of ["h", "n", " "]) await page.press(key);
  const returns = await untilEpisodes(page, before + 1);
  return returns[before];
}
