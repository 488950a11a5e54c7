/** Threads in real browsers: on pages that are isolated, on their main thread and in a worker, and on others. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serve } from "../../scripts/hosts/server.ts";
import { inBrowsers } from "../helpers/hosts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Trains with some numbers of threads; the checksums of what is saved. In a page also in a worker, by the same script. */
const SCRIPT = `
import { createAgent, createEnvironment, train } from "./src/index.ts";
import { workerThreads } from "./src/threads.ts";

async function lifeOf(count) {
  const environment = await createEnvironment("pendulum");
  const options = { candidates: 96, hidden: [16], warmup: 30, warmupUpdates: 5, memory: 500, seed: 1 };
  const agent = await createAgent(environment, { ...options, ...(count > 0 && { threads: workerThreads(count) }) });
  for await (const _ of train(agent, environment, { steps: 45 }));
  agent.close();
  return agent.save().reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 0);
}

async function lives() {
  const sums = [];
  for (const count of [0, 1, 2, 3]) sums.push(await lifeOf(count).catch(({ message }) => message));
  return sums;
}

async function inWorker() {
  const worker = new Worker("script.js");
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
}

async function report() {
  const errors = [];
  for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, ({ message, reason }) => errors.push(String(message ?? reason)));
  const result = { page: [], worker: [], errors };
  try {
    result.page = await lives();
    result.worker = await inWorker();
  } catch ({ message }) {
    errors.push(message);
  }
  await fetch("/", { method: "POST", body: JSON.stringify(result) });
}

if (typeof document === "undefined") lives().then(postMessage);
else report();
`;

/** What a page's script reports. */
interface Result {
  readonly page: readonly (number | string)[];
  readonly worker: readonly (number | string)[];
  readonly errors: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "threads-"));
const building = suite("script");

building("is one file, whose workers need no other", async () => {
  const { metafile } = await build({
    stdin: { contents: SCRIPT, resolveDir: root },
    bundle: true,
    minify: true,
    metafile: true,
    outfile: join(folder, "script.js"),
  });
  assert.is(Object.keys(metafile.outputs).length, 1);
  assert.equal(
    Object.values(metafile.outputs).flatMap(({ imports }) => imports),
    [],
  );
  const page = '<!doctype html><link rel="icon" href="data:,"><script src="script.js"></script>';
  writeFileSync(join(folder, "index.html"), page);
});

building.run();

inBrowsers((test, browser) => {
  /** The result on a page that is served with such headers. */
  const resultWith = async (headers: Readonly<Record<string, string>>): Promise<Result> => {
    const server = await serve(folder, headers);
    const visit = browser.visit(server.address);
    try {
      return JSON.parse(await Promise.race([server.report, visit.ended]));
    } finally {
      await visit.end();
      await server.close();
    }
  };

  test("an isolated page has the same bits with every number of threads, in a worker too", async () => {
    const { page, worker, errors } = await resultWith(ISOLATED);
    assert.equal(errors, []);
    assert.type(page[0], "number");
    assert.equal(page, [page[0], page[0], page[0], page[0]]);
    assert.equal(worker, page);
  });

  test("other pages are told what they lack, and go on without threads", async () => {
    const { page, worker, errors } = await resultWith({});
    assert.equal(errors, []);
    assert.type(page[0], "number");
    for (const message of page.slice(1))
      assert.match(String(message), /^threads: expected SharedArrayBuffer, got none/);
    assert.equal(worker, page);
  });

  test("a policy that forbids the workers is named, where threads are asked for", async () => {
    const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
    const { page } = await resultWith({ ...ISOLATED, "Content-Security-Policy": policy });
    assert.equal(page[1], page[0]);
    for (const message of page.slice(2))
      assert.match(String(message), /^threads: .* must allow `worker-src blob:`/);
  });
});
