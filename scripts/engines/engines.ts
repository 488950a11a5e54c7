import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FromDebian, FromNpm, Program } from "../hosts/install.ts";
import { browser, commandLine, type Host, shell, worker } from "./hosts.ts";

/** An engine, where it comes from, and how the scenario runs in it. */
export interface Engine {
  readonly name: string;
  readonly source: FromNpm | FromDebian;
  readonly run: Host;
}

const node = (major: number): Engine => ({
  name: `node${major}`,
  source: { kind: "npm" },
  run: commandLine(),
});

/** Nothing that asks for other pages, or for a screen. */
const CHROMIUM = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The engines that have to agree, to the bit. */
export const engines: readonly Engine[] = [
  ...[20, 22, 24, 26].map(node),
  {
    name: "deno",
    source: { kind: "npm" },
    run: commandLine("run"),
  },
  {
    name: "bun",
    source: { kind: "npm" },
    run: commandLine(),
  },
  {
    name: "workerd",
    source: { kind: "npm" },
    run: worker,
  },
  {
    name: "chromium",
    source: { kind: "debian", name: "chromium", program: "chromium" },
    run: browser((profile) => [...CHROMIUM, `--user-data-dir=${profile}`]),
  },
  {
    name: "firefox",
    source: { kind: "debian", name: "firefox-esr", program: "firefox-esr" },
    run: browser((profile) => ["--headless", "--no-remote", "--profile", profile]),
  },
  {
    name: "jsc",
    source: { kind: "debian", name: "libjavascriptcoregtk-4.0-bin", program: "jsc" },
    run: shell,
  },
];

/** What a program or its package says of its version. */
export async function versionOf({ path, environment, version }: Program): Promise<string> {
  if (version !== undefined) return version.split("-")[0];
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(path, ["--version"], { env, timeout: 20_000 });
  return stdout.match(/\d[\w.-]*/)?.[0] ?? "–";
}
