/** Chromium and Firefox behind one small interface: driven, or left alone at an address. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOSTS } from "./hosts.ts";
import { type Program, type Running, start } from "./processes.ts";

export type BrowserName = "chromium" | "firefox";

/** A page, and what went wrong on it. */
export interface Page {
  /** Errors that were thrown or printed. */
  readonly errors: readonly string[];
  evaluate<Value, Input = undefined>(
    work: string | ((input: Input) => Value),
    input?: Input,
  ): Promise<Awaited<Value>>;
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

/** A driven browser. */
export interface Browser {
  /** @param prepare runs in the page before its own scripts */
  open(address: string, prepare?: () => void): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a browser with a driver, which opens pages, asks them and presses keys. */
export function launch(name: BrowserName, program: Program): Promise<Browser> {
  return name === "chromium" ? launchChromium(program) : launchFirefox(program);
}

/**
 * Starts a browser at an address, without a driver, with a profile of its own.
 *
 * A driven Firefox (153, WebDriver BiDi) stands still in one or two of a hundred workers that a worker constructs, whatever
 * their script is; left alone, it constructed 1,800 of them.
 */
export function visit(name: BrowserName, program: Program, address: string): Omit<Running, "child"> {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const own = name === "chromium" ? [`--user-data-dir=${profile}`] : ["--profile", profile];
  const { ended, end } = start(program, [...HOSTS[name].words, ...own, address]);
  return {
    ended,
    async end() {
      await end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function launchChromium({ path: executablePath, environment }: Program): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const env = environmentWith(environment);
  const browser = await chromium.launch({ executablePath, env, args: [...HOSTS.chromium.words], timeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      if (prepare) await page.addInitScript(prepare);
      return opened(page as unknown as DrivenPage, address);
    },
  };
}

async function launchFirefox({ path: executablePath, environment }: Program): Promise<Browser> {
  const { launch } = await import("puppeteer-core");
  const env = environmentWith(environment);
  const browser = await launch({ browser: "firefox", executablePath, env, timeout: 0, protocolTimeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      if (prepare) await page.evaluateOnNewDocument(prepare);
      return opened(page as unknown as DrivenPage, address);
    },
  };
}

function environmentWith(own: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(entries), ...own };
}

/** What the pages of both libraries have in common. */
interface DrivenPage extends Omit<Page, "errors" | "press"> {
  readonly keyboard: { press(key: string): Promise<void> };
  setDefaultTimeout(milliseconds: number): void;
  goto(address: string): Promise<unknown>;
  on(kind: "pageerror", hear: (error: Error) => void): void;
  on(kind: "console", hear: (message: { type(): string; text(): string }) => void): void;
}

/** Goes to the address, and listens for errors from the first on. */
async function opened(page: DrivenPage, address: string): Promise<Page> {
  const errors: string[] = [];
  page.setDefaultTimeout(0);
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address);
  return {
    errors,
    evaluate: (work, input) => page.evaluate(work, input),
    press: (key) => page.keyboard.press(key),
    close: () => page.close(),
  };
}
