/** Chromium and Firefox behind one small interface. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A page, and what went wrong on it. */
export interface Page {
  /** Errors that were thrown or printed. */
  readonly errors: readonly string[];
  evaluate<Value, Input = undefined>(work: (input: Input) => Value, input?: Input): Promise<Awaited<Value>>;
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

export interface Browser {
  /** @param prepare runs in the page before its own scripts */
  open(address: string, prepare?: () => void): Promise<Page>;
  close(): Promise<void>;
}

/** A browser that may be on this machine. */
export interface Candidate {
  readonly name: string;
  /** Where it is; undefined where it is not. */
  readonly path: string | undefined;
  launch(path: string): Promise<Browser>;
}

export const candidates: readonly Candidate[] = [
  { name: "Chromium", path: find("chromium", "chromium-browser", "google-chrome"), launch: launchChromium },
  { name: "Firefox", path: find("firefox-esr", "firefox"), launch: launchFirefox },
];

/** The first of some programs that a folder of PATH holds. */
function find(...programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync);
}

const QUIET =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

async function launchChromium(executablePath: string): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: QUIET.split(" "), timeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      if (prepare) await page.addInitScript(prepare);
      await page.goto(address);
      return {
        errors,
        evaluate: (work, input) => page.evaluate(work as never, input) as never,
        press: (key) => page.keyboard.press(key),
        close: () => page.close(),
      };
    },
  };
}

async function launchFirefox(executablePath: string): Promise<Browser> {
  const { launch } = await import("puppeteer-core");
  const browser = await launch({ browser: "firefox", executablePath, timeout: 0, protocolTimeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      if (prepare) await page.evaluateOnNewDocument(prepare);
      await page.goto(address);
      return {
        errors,
        evaluate: (work, input) => page.evaluate(work as never, input as never) as never,
        press: (key) => page.keyboard.press(key as never),
        close: () => page.close(),
      };
    },
  };
}
