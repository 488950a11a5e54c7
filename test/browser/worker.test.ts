/** The recipe of docs/guide/in-a-page.md in real browsers: an agent in a worker, and a page that stays free. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serve } from "../../scripts/hosts/server.ts";

import { inBrowsers } from "../helpers/hosts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "worker-"));

/** The programs of the recipe, by the name in their first line. */
const programs = new Map(
  [
    ...readFileSync(join(root, "docs/guide/in-a-page.md"), "utf8").matchAll(
      /^```javascript\n\/\/ (\S+)\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, name, code]) => [name, code]),
);

/** A point that is pushed about; drawing counts, and measures what holds the page up. */
const WORLD = `
import { box } from "generative-agent";
let position = 0, steps = 0, seen = 0, last = performance.now(), longest = 0;
const tick = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  setTimeout(tick, 0);
};
tick();
export const world = {
  observationSpace: box([-2], [2]),
  actionSpace: box([-1], [1]),
  reset: () => ((position = 0.5), (steps = 0), { observation: [position] }),
  step([push]) {
    position = Math.max(-2, Math.min(2, position + 0.3 * push));
    return { observation: [position], reward: -position * position, terminated: false, truncated: ++steps % 50 === 0 };
  },
};
export const draw = () => void seen++;
export const result = () => ({ seen, longest });
`;

const building = suite("recipe");

building("has twenty lines, or so, and is bundled as it stands", async () => {
  assert.equal([...programs.keys()], ["agent.js", "page.js"]);
  const lines = [...programs.values()].join("").split("\n").filter(Boolean).length;
  assert.ok(lines <= 22, `${lines} lines`);
  const steps = String(programs.get("page.js"));
  assert.match(steps, "agent.steps < 1000");
  writeFileSync(join(folder, "world.js"), WORLD);
  writeFileSync(join(folder, "agent-source.js"), String(programs.get("agent.js")));
  const told = `
    import { result } from "./world.js";
    fetch("/", { method: "POST", body: JSON.stringify({ steps: agent.steps, codes: await agent.diagnose(), ...result() }) });`;
  writeFileSync(join(folder, "page-source.js"), steps.replace("< 1000", "< 150") + told);
  await build({
    entryPoints: { page: join(folder, "page-source.js"), agent: join(folder, "agent-source.js") },
    alias: {
      "generative-agent": join(root, "src/index.ts"),
      "generative-agent/worker": join(root, "src/worker.ts"),
    },
    bundle: true,
    format: "esm",
    outdir: folder,
  });
  const page = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  writeFileSync(join(folder, "index.html"), page);
});

building.run();

inBrowsers((test, browser) => {
  test("the recipe learns in a worker, and no step of it holds the page up", async () => {
    const server = await serve(folder, {});
    const visit = browser.visit(server.address);
    try {
      const { steps, seen, codes, longest } = JSON.parse(await Promise.race([server.report, visit.ended]));
      assert.equal([steps, seen, codes], [150, 150, []]);
      assert.type(longest, "number");
    } finally {
      await visit.end();
      await server.close();
    }
  });
});
