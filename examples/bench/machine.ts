/** What this device tells of itself. */
import { clockGrain } from "../../src/bench/interleave.ts";

/** As it is copied with the figures. */
export interface Machine {
  readonly engine: string;
  readonly device: string;
  readonly cores: number;
  /** Milliseconds that the page's clock can tell apart. */
  readonly clock: number;
}

/** Chromium's own words; other browsers have but the old string. */
interface Hints {
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
  readonly platform: string;
  getHighEntropyValues(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
}

export async function readMachine(): Promise<Machine> {
  const { hardwareConcurrency: cores, userAgentData } = navigator as Navigator & { userAgentData?: Hints };
  const device = userAgentData ? await deviceOf(userAgentData) : deviceIn(navigator.userAgent);
  return { engine: engineIn(navigator.userAgent), device, cores, clock: Number(clockGrain().toFixed(4)) };
}

async function deviceOf(hints: Hints): Promise<string> {
  const {
    model = "",
    architecture = "",
    bitness = "",
  } = await hints.getHighEntropyValues(["model", "architecture", "bitness"]);
  return [model, hints.platform, [architecture, bitness].filter(Boolean).join(" ")]
    .filter(Boolean)
    .join(", ");
}

/** `Linux x86_64` of `Mozilla/5.0 (X11; Linux x86_64; rv:153.0) …`. */
function deviceIn(agent: string): string {
  const parts = (agent.match(/\(([^)]*)\)/)?.[1] ?? "unknown").split(/;\s*/);
  return parts.filter((part) => !/^(X11|U|rv:.*|Win64)$/.test(part)).join(", ");
}

/** Name and version; the more particular names come first, for most browsers also call themselves by others'. */
export function engineIn(agent: string): string {
  for (const [pattern, name] of [
    [/Firefox\/([\d.]+)/, "Firefox"],
    [/Edg\/([\d.]+)/, "Edge"],
    [/Chrom\w*\/([\d.]+)/, "Chromium"],
    [/Version\/([\d.]+).*Safari/, "Safari"],
  ] as const) {
    const version = agent.match(pattern)?.[1];
    if (version) return `${name} ${version.replace(/(\.0)+$/, "")}`;
  }
  return "unknown engine";
}
