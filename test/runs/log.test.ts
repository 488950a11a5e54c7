import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readText } from "../../src/runs/files.ts";
import { appendEpisode, finishedEpisodes, parseLog } from "../../src/runs/log.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

test("reads back the episodes it appended, a line each", () =>
  inFolder((folder) => {
    const path = join(folder, "log.jsonl");
    const episodes = episodesOf([-30, -20.5, 7]);
    for (const episode of episodes) appendEpisode(path, episode);
    const text = readText(path);
    assert.is(text.split("\n").length, 4);
    assert.equal(parseLog(text, path), episodes);
  }));

test("reads an empty log as no episodes", () => {
  assert.equal(parseLog("", "log.jsonl"), []);
});

test("names the line of a broken log and what is wrong with it", async () => {
  const lines = episodesOf([1, 2]).map((episode) => JSON.stringify(episode));
  const cut = `${lines[0]}\n${lines[1].slice(0, 20)}`;
  assert.is(
    await messageOf(() => parseLog(cut, "log.jsonl")),
    'log.jsonl: line 2: expected a JSON object, got "{\\"episode\\":2,\\"steps\\""',
  );
  const wrong = `${JSON.stringify({ ...episodesOf([1])[0], return: null })}\n`;
  assert.is(
    await messageOf(() => parseLog(wrong, "log.jsonl")),
    "log.jsonl: line 1: return: expected a number, got null",
  );
});

test("takes an episode for finished when the world ended or the time was up", () => {
  const [first, second, third] = episodesOf([1, 2, 3]);
  const ended = { ...first, terminated: true, truncated: false };
  const cut = { ...third, truncated: false };
  assert.equal(finishedEpisodes([ended, second, cut]), [ended, second]);
});

test.run();
