/** Tests in other hosts; where one cannot be had, a test is skipped and says why. */
import { suite, type Test } from "uvu";
import { type Browser, launch, visit } from "../../scripts/hosts/browsers.ts";
import { findHost, getHost } from "../../scripts/hosts/install.ts";
import type { Running } from "../../scripts/hosts/processes.ts";

export type { Browser, Page } from "../../scripts/hosts/browsers.ts";

/** A browser of this machine. */
export interface Installed {
  readonly name: string;
  launch(): Promise<Browser>;
  visit(address: string): Omit<Running, "child">;
}

/** Defines and runs tests in each browser of the system. */
export function inBrowsers(define: (test: Test, browser: Installed) => void): void {
  for (const [name, title] of [
    ["chromium", "Chromium"],
    ["firefox", "Firefox"],
  ] as const) {
    const test = suite(title);
    const path = findHost(name);
    if (path === undefined) test.skip("is not installed: apt-get install chromium firefox-esr", () => {});
    else {
      const program = { path, environment: {} };
      const start = () => launch(name, program);
      define(test, { name: title, launch: start, visit: (address) => visit(name, program, address) });
    }
    test.run();
  }
}

/** Defines tests in workerd, which is installed when it is not there yet. */
export async function inWorkerd(test: Test, define: () => void): Promise<void> {
  await getHost("workerd").then(define, ({ message }: Error) =>
    test.skip(`workerd cannot be had: ${message}`, () => {}),
  );
}
