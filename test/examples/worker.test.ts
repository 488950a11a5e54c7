/** The edge example: its answers in Node, its habit's skill, and all of it in workerd. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { answer } from "../../examples/worker/answer.ts";
import { bundleWorker, serveWorker } from "../../scripts/hosts/workerd.ts";
import { createEnvironment, evaluate, loadAgent, loadHabit } from "../../src/index.ts";
import { inWorkerd } from "../helpers/hosts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "examples/worker");
const habitBytes = readFileSync(join(example, "habit.bin"));
const agentBytes = readFileSync(join(example, "agent.bin"));
const habit = await loadHabit(habitBytes);
const agent = await loadAgent(agentBytes);
const policies = { "/act": async (observation: readonly number[]) => habit.act(observation) };

const post = (path: string, body: string | ReadableStream) =>
  new Request(`http://edge${path}`, { method: "POST", body, duplex: "half" } as RequestInit);
const asBody = (observation: unknown) => JSON.stringify({ observation });

/** An endless body: whoever reads it whole never answers. */
function endless(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100).fill(32)) });
}

const refusals: readonly (readonly [string, () => Request, number, string])[] = [
  ["an unknown path", () => post("/", "{}"), 404, "path: expected one of /act, got /"],
  ["a name of every object", () => post("/toString", "{}"), 404, "path: expected one of /act, got /toString"],
  ["another method", () => new Request("http://edge/act"), 405, "method: expected POST, got GET"],
  [
    "no body",
    () => new Request("http://edge/act", { method: "POST" }),
    400,
    "body: expected JSON, got nothing",
  ],
  ["a text", () => post("/act", "hello"), 400, "body: expected JSON, got something else"],
  ["null", () => post("/act", "null"), 422, "observation: expected an array of 3 numbers"],
  ["too few numbers", () => post("/act", asBody([1, 0])), 422, "observation: expected an array of 3 numbers"],
  [
    "an object",
    () => post("/act", asBody({ length: 3 })),
    422,
    "observation: expected an array of 3 numbers",
  ],
  [
    "a word",
    () => post("/act", asBody([1, 0, "1"])),
    422,
    "observation[2]: expected a number within ±1000000",
  ],
  [
    "an infinity",
    () => post("/act", '{"observation":[1,-1e999,0]}'),
    422,
    "observation[1]: expected a number within ±1000000",
  ],
  [
    "a long body",
    () => post("/act", `${" ".repeat(1024)}{}`),
    413,
    "body: expected at most 1024 bytes, got more",
  ],
  ["an endless body", () => post("/act", endless()), 413, "body: expected at most 1024 bytes, got more"],
];

for (const [what, request, status, error] of refusals)
  test(`refuses ${what} with ${status} and a sentence`, async () => {
    const response = await answer(request(), policies);
    assert.is(response.status, status);
    assert.equal(await response.json(), { error });
    assert.is(response.headers.get("allow"), status === 405 ? "POST" : null);
  });

test("answers with the habit's action", async () => {
  const response = await answer(post("/act", asBody([1, 0, 0.5])), policies);
  assert.is(response.status, 200);
  assert.equal(await response.json(), { action: Array.from(habit.act([1, 0, 0.5]) as Float32Array) });
});

test("an answer takes far less than a millisecond", async () => {
  const times: number[] = [];
  for (let i = 0; i < 500; i++) {
    const request = post("/act", asBody([1, 0, i / 500]));
    const start = performance.now();
    await (await answer(request, policies)).arrayBuffer();
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[250];
  assert.ok(median < 0.5, `${median} ms`);
});

test("the habit takes a few kilobytes, and swings the pendulum up", async () => {
  assert.ok(habitBytes.length < 10_000, `${habitBytes.length} bytes`);
  const environment = await createEnvironment("pendulum");
  const options = { episodes: 20 };
  const acting = { ...agent, act: (observation: ArrayLike<number>) => habit.act(observation) };
  const { meanReturn } = await evaluate(acting, environment, options);
  // −200 is where Pendulum counts as solved; a policy that does not swing up stays below −700
  assert.ok(meanReturn > -200, `${meanReturn}`);
});

/** The example in a workerd of its own: bundled as wrangler would, `core.wasm` and the two files beside it. */
async function withWorker(work: (url: string, pid: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  await bundleWorker(join(example, "worker.ts"), join(folder, "worker.js"));
  for (const file of ["habit.bin", "agent.bin"]) copyFileSync(join(example, file), join(folder, file));
  copyFileSync(join(root, "dist/core.wasm"), join(folder, "core.wasm"));
  const modules = {
    "worker.js": "esModule",
    "core.wasm": "wasm",
    "habit.bin": "data",
    "agent.bin": "data",
  } as const;
  const { url, pid, close } = await serveWorker(folder, { modules });
  try {
    await work(url, pid);
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU time that a process has used, in ms; Linux counts it in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Mean CPU time of a process over some requests, in ms. */
async function cpuPerRequest(pid: number, ask: () => Promise<Response>): Promise<number> {
  const REQUESTS = 500;
  const before = cpuOf(pid);
  for (let i = 0; i < REQUESTS; i++) await (await ask()).arrayBuffer();
  return (cpuOf(pid) - before) / REQUESTS;
}

await inWorkerd(test, () =>
  test("in workerd: acts and plans as in Node, refuses, and acting adds far less than a millisecond of CPU", () =>
    withWorker(async (url, pid) => {
      const ask = (path: string, body: string) => fetch(`${url}${path}`, { method: "POST", body });
      const observations = [
        [1, 0, 0.5],
        [-1, 0, 0],
        [0, 1, -3],
      ];
      for (const observation of [...observations, ...observations]) {
        agent.reset();
        for (const [path, action] of [
          ["/act", habit.act(observation)],
          ["/plan", agent.act(observation)],
        ] as const) {
          const response = await ask(path, asBody(observation));
          assert.equal(await response.json(), { action: Array.from(action as Float32Array) }, path);
        }
      }
      assert.is((await ask("/act", asBody([1, 0]))).status, 422);
      assert.is((await ask("/nowhere", "{}")).status, 404);

      // workerd's CPU time with HTTP and all, and what reading, acting and answering add to the refusal of a path
      const act = () => ask("/act", asBody([1, 0, 0.5]));
      await cpuPerRequest(pid, act);
      const [acting, refusing] = [
        await cpuPerRequest(pid, act),
        await cpuPerRequest(pid, () => ask("/nowhere", "{}")),
      ];
      const figures = `${acting.toFixed(2)} ms of CPU a request, ${refusing.toFixed(2)} ms one that is refused`;
      assert.ok(acting - refusing < 0.5, figures);
      console.log(figures);
    })),
);

test.run();
