/** Chromium and Firefox behind one small interface. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { suite, type Test } from "uvu";

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

/** A browser of this machine. */
export interface Installed {
  readonly name: string;
  /** Starts it with a driver, which opens pages, asks them and presses keys. */
  launch(): Promise<Browser>;
  /**
   * Starts it at an address, without a driver. A driven Firefox (153, WebDriver BiDi) stands still in one or two of a hundred
   * workers that a worker constructs, whatever their script is; left alone, it constructed 1,800 of them.
   */
  visit(address: string): Visit;
}

/** A browser at an address, without a driver. */
export interface Visit {
  /** Rejects when the browser has ended. */
  readonly ended: Promise<never>;
  end(): Promise<void>;
}

/** Tests in each browser; one that is not installed has a test that is skipped and says so. */
export function inBrowsers(define: (test: Test, browser: Installed) => void): void {
  const installed = {
    Chromium: installedChromium(find("chromium", "chromium-browser", "google-chrome")),
    Firefox: installedFirefox(find("firefox-esr", "firefox")),
  };
  for (const [name, browser] of Object.entries(installed)) {
    const test = suite(name);
    if (browser === undefined) test.skip("is not installed: apt-get install chromium firefox-esr", () => {});
    else define(test, browser);
    test.run();
  }
}

/** The first of some programs that a folder of PATH holds. */
function find(...programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync);
}

const QUIET =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

function installedChromium(path: string | undefined): Installed | undefined {
  if (path === undefined) return undefined;
  return {
    name: "Chromium",
    launch: () => launchChromium(path),
    visit: (address) =>
      start(path, (profile) => ["--headless", ...QUIET.split(" "), `--user-data-dir=${profile}`, address]),
  };
}

async function launchChromium(executablePath: string): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: QUIET.split(" "), timeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      if (prepare) await page.addInitScript(prepare);
      return opened(page as unknown as DrivenPage, address);
    },
  };
}

function installedFirefox(path: string | undefined): Installed | undefined {
  if (path === undefined) return undefined;
  return {
    name: "Firefox",
    launch: () => launchFirefox(path),
    visit: (address) =>
      start(path, (profile) => ["--headless", "--no-remote", "--profile", profile, address]),
  };
}

async function launchFirefox(executablePath: string): Promise<Browser> {
  const { launch } = await import("puppeteer-core");
  const browser = await launch({ browser: "firefox", executablePath, timeout: 0, protocolTimeout: 0 });
  return {
    close: () => browser.close(),
    async open(address, prepare) {
      const page = await browser.newPage();
      if (prepare) await page.evaluateOnNewDocument(prepare);
      return opened(page as unknown as DrivenPage, address);
    },
  };
}

/** Starts a program of several processes with a profile of its own. */
function start(path: string, words: (profile: string) => readonly string[]): Visit {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const child = spawn(path, words(profile), { stdio: "ignore", detached: true });
  const closed = once(child, "close");
  const ended = closed.then(([code, signal]) => {
    throw new Error(`${path} ended with ${code ?? signal}`);
  });
  ended.catch(() => {});
  return {
    ended,
    async end() {
      try {
        process.kill(-(child.pid as number), "SIGKILL");
      } catch {
        // all of its processes have ended by themselves
      }
      await closed;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
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
