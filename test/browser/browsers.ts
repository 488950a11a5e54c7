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
      if (prepare) await page.addInitScript(prepare);
      return opened(page as unknown as DrivenPage, address);
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
      if (prepare) await page.evaluateOnNewDocument(prepare);
      return opened(page as unknown as DrivenPage, address);
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
