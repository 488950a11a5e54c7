import { test } from "uvu";
import * as assert from "uvu/assert";
import { printTraining, type Trained } from "../../src/cli/trainingReport.ts";
import { recorder } from "../helpers/command.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { standIn } from "../helpers/standIn.ts";

const episodes = episodesOf([-1200, -300.25]);
const trained: Trained = {
  folder: "runs/my run",
  config: { steps: 1200 } as Trained["config"],
  episodes,
  summary: {
    episodes: 2,
    steps: 400,
    seconds: 90,
    stepsPerSecond: 4.4,
    recentEpisodes: 2,
    recentReturn: -750.125,
    bestReturn: -300.25,
    modelError: 0.01234,
  },
  isInterrupted: false,
};

function printed(changes: Partial<Trained> = {}): string {
  const [stdout, stderr] = [recorder({ columns: 80 }), recorder()];
  const signal = new AbortController().signal;
  const context = {
    library: standIn,
    stdout: stdout.output,
    stderr: stderr.output,
    signal,
    program: "agent",
  };
  printTraining({ ...trained, ...changes }, context);
  assert.is(stderr.text(), "");
  return stdout.text();
}

test("says what was learned from, how well, and what to do next with the folder as a shell's word", () => {
  const text = printed();
  for (const words of [
    /learned from +2 episodes, 400 steps/,
    /took +90 s, 4 steps\/s/,
    /mean return of the last 2 +−750\.1/,
    /best return +−300\.3/,
    /model error +0\.012 standard deviations/,
    /\nKept in runs\/my run\n/,
    /agent evaluate 'runs\/my run' --habit/,
  ])
    assert.match(text, words);
});

test("says of an interrupted training how far it came", () => {
  assert.match(
    printed({ isInterrupted: true }),
    "Stopped after 400 of 1,200 steps; what was learned is kept in",
  );
});

test.run();
