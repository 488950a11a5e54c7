/**
 * A run as a link: what re-derives it, and what it claims. Whoever follows it, in a browser or elsewhere, trains the run anew and
 * compares.
 */
import { parseConfig, parseObject, type RunConfig } from "./config.ts";
import type { LoggedEpisode } from "./log.ts";

/** A run as a link holds it. */
export interface LinkedRun extends Pick<RunConfig, "version" | "task" | "seed" | "steps" | "options"> {
  /** Those that are over; one that the run's end cut short is left out. */
  readonly episodes: readonly LinkedEpisode[];
}

/** What a link claims of an episode. */
export interface LinkedEpisode {
  /** Sum of its rewards. */
  readonly return: number;
  /** Its steps. */
  readonly length: number;
  /** The first 16 hexadecimal digits of its hash (`chain.ts`). */
  readonly chain: string;
}

/** What a link begins with, behind the address of a page. */
export const LINK = "#run=";
/** Digits of a hash in a link: of 64, so that a link stays short; nobody forges what everybody can train anew. */
export const DIGITS = 16;
/** Characters of the longest link. */
const LONGEST = 1_000_000;

/**
 * The part of an address behind the page's own, `#run=` and the run as JSON in base64url.
 *
 * @throws Error when the run is of a fast build, whose last bits are its machine's, or an episode has no hash
 */
export function writeLink(config: RunConfig, episodes: readonly LoggedEpisode[]): string {
  const { version, task, seed, steps, options, build = "exact" } = config;
  if (build !== "exact")
    throw new Error(
      `build: expected exact, got ${build}: its last bits are those of the machine that trained it`,
    );
  const claimed = episodes
    .filter(({ terminated, truncated }) => terminated || truncated)
    .map(({ episode, return: sum, length, chain }) => {
      if (chain === undefined) throw new Error(`episode ${episode}: chain: expected a hash, got none`);
      return [sum, length, chain.slice(0, DIGITS)];
    });
  const text = JSON.stringify({ version, task, seed, steps, options, episodes: claimed });
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return LINK + btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The run in a link; undefined where there is none.
 *
 * @param hash of an address
 * @throws Error that says what of it cannot be
 */
export function readLink(hash: string): LinkedRun | undefined {
  if (!hash.startsWith(LINK)) return undefined;
  if (hash.length > LONGEST)
    throw new Error(`link: expected at most ${LONGEST} characters, got ${hash.length}`);
  const text = decode(hash.slice(LINK.length));
  const { version, task, seed, steps, options } = parseConfig(withStart(text), "link");
  const { episodes } = parseObject(text, "link");
  if (!Array.isArray(episodes)) throw new Error("link: episodes: expected an array");
  return { version, task, seed, steps, options, episodes: episodes.map(episodeOf) };
}

/** A configuration has more fields than a link. */
function withStart(text: string): string {
  return JSON.stringify({ ...parseObject(text, "link"), started: "", build: "exact" });
}

function decode(text: string): string {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(bytes, (character) => character.charCodeAt(0)),
    );
  } catch (cause) {
    throw new Error("link: expected base64url of a run, got something else; was it cut short?", { cause });
  }
}

function episodeOf(entry: unknown, i: number): LinkedEpisode {
  const [sum, length, chain] = Array.isArray(entry) ? entry : [];
  if (
    typeof sum !== "number" ||
    !Number.isSafeInteger(length) ||
    typeof chain !== "string" ||
    !/^[0-9a-f]{16}$/.test(chain)
  )
    throw new Error(`link: episode ${i + 1}: expected a return, a length and a hash`);
  return { return: sum, length, chain };
}
