import { test } from "uvu";
import * as assert from "uvu/assert";
import { LINK, readLink, writeLink } from "../../src/runs/link.ts";
import type { LoggedEpisode } from "../../src/runs/log.ts";
import { episodesOf } from "../helpers/episodes.ts";

const config = {
  version: "1.2.3",
  task: "wälk ✓",
  seed: 7,
  steps: 40,
  options: { seed: 7, hidden: [16] },
  started: "2026-01-01T00:00:00.000Z",
};
const chain = "0123456789abcdef".repeat(4);
const episodes = episodesOf([-1.25, 0.1 + 0.2]).map(
  (report): LoggedEpisode => ({ ...report, truncated: true, chain }),
);

test("a run comes out of its link as it went in, to the last bit of its returns", () => {
  const link = writeLink(config, episodes);
  assert.match(link, /^#run=[\w-]+$/);
  const { started: _started, ...rest } = config;
  assert.equal(readLink(link), {
    ...rest,
    episodes: episodes.map(({ return: sum, length }) => ({
      ...{ return: sum, length },
      chain: "0123456789abcdef",
    })),
  });
});

test("an episode that was cut short is left out, for a longer run may go on with it", () => {
  const cut = { ...episodes[1], terminated: false, truncated: false };
  assert.is(readLink(writeLink(config, [episodes[0], cut]))?.episodes.length, 1);
});

test("what nobody could train anew has no link", () => {
  assert.throws(
    () => writeLink({ ...config, build: "fast" }, episodes),
    /^build: expected exact, got fast: /,
  );
  const { chain: _chain, ...unchained } = episodes[0];
  assert.throws(() => writeLink(config, [unchained]), /^episode 1: chain: expected a hash, got none$/);
});

test("an address without a run has none, and a spoilt one is refused in a sentence", () => {
  for (const hash of ["", "#", "#ran=1"]) assert.is(readLink(hash), undefined);
  const linkOf = (value: unknown) => LINK + btoa(JSON.stringify(value));
  const whole = { version: "1", task: "walk", seed: 1, steps: 9, options: {}, episodes: [] };
  assert.equal(readLink(linkOf(whole))?.episodes, []);
  for (const [hash, message] of [
    ["#run=%", "link: expected base64url of a run, got something else; was it cut short?"],
    [`${LINK}${btoa("\xff")}`, "link: expected base64url of a run, got something else; was it cut short?"],
    [LINK, "link: expected a JSON object, got nothing"],
    [linkOf([1]), 'link: expected a JSON object, got "[1]"'],
    [linkOf({ ...whole, seed: -1 }), "link: seed: expected a whole number ≥ 0, got -1"],
    [linkOf({ ...whole, task: 1 }), "link: task: expected a string, got number"],
    [linkOf({ ...whole, episodes: 1 }), "link: episodes: expected an array"],
    ...[7, [], [1, 2], [1, 2, "xyz"], ["1", 2, "0".repeat(16)], [1, 0.5, "0".repeat(16)]].map((entry) => [
      linkOf({ ...whole, episodes: [[1, 2, "0".repeat(16)], entry] }),
      "link: episode 2: expected a return, a length and a hash",
    ]),
    [`${LINK}${"a".repeat(1_000_000)}`, "link: expected at most 1000000 characters, got 1000005"],
  ])
    assert.throws(
      () => readLink(hash),
      (error: Error) => error.message === message,
      message,
    );
});

test.run();
