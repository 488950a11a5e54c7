import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { disk } from "../../src/runs/disk.ts";
import { finishedEpisodes, readEpisodes, readPrefix } from "../../src/runs/log.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

const lines = episodesOf([-30, -20.5, 7]).map((episode) => `${JSON.stringify(episode)}\n`);

/** Does `work` with a log of some text. */
const withLog = (text: string, work: (path: string) => void | Promise<void>) =>
  inFolder(async (folder) => {
    const path = join(folder, "log.jsonl");
    writeFileSync(path, text);
    await work(path);
  });

test("reads the episodes of a log, and where the line of each ends", () =>
  withLog(lines.join(""), (path) => {
    const ends = [0, 1, 2].map((i) => lines.slice(0, i + 1).join("").length);
    assert.equal(readEpisodes(path), { episodes: episodesOf([-30, -20.5, 7]), ends });
  }));

test("reads an empty log as no episodes, and a long one piece by piece", async () => {
  await withLog("", (path) => assert.equal(readEpisodes(path), { episodes: [], ends: [] }));
  const many = episodesOf(Array.from({ length: 2000 }, (_, i) => i));
  await withLog(many.map((episode) => `${JSON.stringify(episode)}\n`).join(""), (path) => {
    const { episodes, ends } = readEpisodes(path);
    assert.equal(episodes, many);
    assert.is(ends.at(-1), disk.status(path, false).size);
  });
});

test("leaves out a last line that is not whole, with a warning; one without its end alone is whole", async () => {
  for (const cut of [1, 40, lines[2].length - 2])
    await withLog(lines[0] + lines[1] + lines[2].slice(0, cut), (path) => {
      const { episodes, warning } = readEpisodes(path);
      assert.equal(episodes, episodesOf([-30, -20.5]));
      assert.is(warning, `${path}: line 3: expected a whole line, got one cut short; it is left out`);
    });
  await withLog(`${lines[0]}\0\0\0\0`, (path) => assert.is(readEpisodes(path).episodes.length, 1));
  await withLog(lines.join("").slice(0, -1), (path) => {
    assert.equal([readEpisodes(path).episodes.length, readEpisodes(path).warning], [3, undefined]);
    assert.is(readPrefix(path).episodes.length, 2);
  });
});

test("refuses logs that were joined, and episodes that go back in time", async () => {
  await withLog(lines.join("") + lines[0], async (path) => {
    assert.is(await messageOf(() => readEpisodes(path)), `${path}: line 4: episode: expected above 3, got 1`);
    assert.is(readPrefix(path).episodes.length, 3);
  });
  const early = lines[1].replace(/"steps":\d+/, '"steps":9');
  await withLog(lines[0] + early, async (path) => {
    assert.is(
      await messageOf(() => readEpisodes(path)),
      `${path}: line 2: steps: expected at least 10, got 9`,
    );
  });
});

test("names the line of a broken log and what is wrong with it", async () => {
  const whole = episodesOf([1])[0];
  const changed = (change: object) => `${JSON.stringify({ ...whole, ...change })}\n`;
  const cases: readonly (readonly [string, string])[] = [
    ["{}\n", "line 1: episode: expected a number, got undefined"],
    [changed({ return: null }), "line 1: return: expected a number, got null"],
    [`${lines[0].replace('"steps":10', '"steps":1e999')}`, "line 1: steps: expected a number, got null"],
    [changed({ terminated: 1 }), "line 1: terminated: expected true or false, got 1"],
    [changed({ bound: [1] }), "line 1: bound: expected an object of numbers, got [1]"],
    [changed({ chain: 7 }), "line 1: chain: expected a text, got 7"],
    [
      `${lines[0]}${lines[1].slice(0, 20)}\n`,
      'line 2: expected a JSON object, got "{\\"episode\\":2,\\"steps\\""',
    ],
  ];
  for (const [text, message] of cases)
    await withLog(text, async (path) => {
      assert.is(await messageOf(() => readEpisodes(path)), `${path}: ${message}`);
    });
});

test("a line of a gigabyte is refused after its first bytes", () =>
  withLog(lines[0], async (path) => {
    appendFileSync(path, " ");
    let read = 0;
    const counting = {
      ...disk,
      read(handle: number, into: Uint8Array, position: number) {
        read += into.length;
        if (position < lines[0].length) return disk.read(handle, into, position);
        into.fill(32);
        return position < 2 ** 30 ? into.length : 0;
      },
    };
    const message = `${path}: line 2: expected at most 65536 bytes, got more`;
    assert.is(await messageOf(() => readEpisodes(path, counting)), message);
    assert.ok(read < 2 ** 20, `${read} bytes`);
    assert.is(readPrefix(path, counting).episodes.length, 1);
  }));

test("of a broken log what comes before counts, of a missing one nothing", () =>
  withLog(`${lines[0]}${lines[1]}no episode\n${lines[2]}`, (path) => {
    assert.equal(readPrefix(path).episodes, episodesOf([-30, -20.5]));
    assert.equal(readPrefix(`${path}x`), { episodes: [], ends: [] });
  }));

test("takes an episode for finished when the world ended or the time was up", () => {
  const [first, second, third] = episodesOf([1, 2, 3]);
  const ended = { ...first, terminated: true, truncated: false };
  const cut = { ...third, truncated: false };
  assert.equal(finishedEpisodes([ended, second, cut]), [ended, second]);
});

test.run();
