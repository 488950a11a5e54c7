import { test } from "uvu";
import * as assert from "uvu/assert";
import { createNews } from "../../src/cli/news.ts";
import type { EpisodeReport } from "../../src/index.ts";

const finding = {
  code: "no-reward",
  evidence: "Each of 400 rewards was 0.",
  suggestion: "Pay more.",
} as const;
const report = (steps: number, findings?: EpisodeReport["findings"]) =>
  ({ steps, ...(findings && { findings }) }) as EpisodeReport;

test("tells of each finding once, with the step", () => {
  const news = createNews();
  assert.equal(news(report(100)), []);
  assert.equal(news(report(400, [finding])), ["step 400: no-reward: Each of 400 rewards was 0. Pay more."]);
  assert.equal(news(report(800, [finding, { ...finding, code: "ends-at-once" }])), [
    "step 800: ends-at-once: Each of 400 rewards was 0. Pay more.",
  ]);
});

test("tells of each warning once", () => {
  const news = createNews();
  const odd = { steps: 50, warnings: ["reward: odd"] } as unknown as EpisodeReport;
  assert.equal([news(odd), news(odd)], [["step 50: reward: odd"], []]);
});

test.run();
