/** Agents whose plans are shared among threads: what they learn, how they end, and what is refused. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tilesFor } from "../../src/core/tiles.ts";
import { createAgent, createEnvironment, loadAgent, type Options } from "../../src/index.ts";
import { type StartThreads, workerThreads } from "../../src/threads.ts";
import type { HostOptions } from "../../src/types.ts";
import { isSame, live, small } from "../helpers/smallAgent.ts";
import { small as smallLatent } from "../helpers/smallLatentAgent.ts";

/** Plans of an action have four tiles, one of them not full; imagined ones 25. */
const observed: Options = { ...small, candidates: 100, informationWeight: 0.1, imagination: 2 };
const belief: Options = { ...smallLatent, candidates: 100 };
const along: Options = { ...belief, conditioning: "path", informationWeight: 0.1 };
const sequential: Options = { ...belief, search: "smc" };
const kinds = {
  "an agent that sees the state": observed,
  "one that weighs no information": { ...observed, informationWeight: 0, imagination: 1 },
  "one with a belief": belief,
  "one with a belief that contrasts along the path": along,
  "one that plans step by step": sequential,
};

/** Threads of which the agent's own waits a little before each plan, and a count of the tiles that all and it simulate. */
function hesitant(count: number) {
  const tiles = { all: 0, own: 0 };
  const start: StartThreads = async (core, arrays) => {
    const threads = await workerThreads(count)(core, arrays);
    if (threads === undefined) return undefined;
    return {
      get isOpen() {
        return threads.isOpen;
      },
      close: () => threads.close(),
      run(job, simulate) {
        let own = 0;
        threads.run(job, (tile) => {
          if (own++ === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
          simulate(tile);
        });
        tiles.all += job.tiles;
        tiles.own += own;
      },
    };
  };
  return { start, tiles };
}

/** Trains for some steps; what is saved then, and the bits of what is done afterwards. */
async function lifeOf(options: Options, host: HostOptions) {
  const environment = await createEnvironment("pendulum");
  const agent = await createAgent(environment, { ...options, ...host });
  live(agent, environment, 45);
  const bytes = agent.save();
  agent.reset();
  const actions = [0, 1, 2].map((t) => [...(agent.act([1, 0, t]) as Float32Array)]);
  const { weights, observations } = agent.explain().plan ?? {};
  return { agent, bytes, rest: { actions, weights, observations } };
}

for (const [name, options] of Object.entries(kinds))
  test(`${name} learns the same bits with 1, 2 and 3 threads, and saves nothing of them`, async () => {
    const alone = await lifeOf(options, {});
    for (const count of [1, 2, 3]) {
      const { start, tiles } = hesitant(count);
      const { agent, bytes, rest } = await lifeOf(options, { threads: start });
      assert.ok(isSame(bytes, alone.bytes), `${count} threads`);
      assert.equal(rest, alone.rest);
      assert.equal(agent.options, alone.agent.options);
      const shares = `${tiles.own} of ${tiles.all} tiles in this thread`;
      // complete sequences are what `imagined` simulates once more
      if (name.includes("step by step")) assert.ok(tiles.all <= tilesFor(belief.candidates ?? 0), shares);
      else assert.is(tiles.own < 0.9 * tiles.all, count > 1, shares);
      agent.close();
    }
  });

test("a loaded agent goes on with other threads, and a closed one with none, by the same bits", async () => {
  const environment = await createEnvironment("pendulum");
  const { bytes } = await lifeOf(observed, {});
  const lives = [await loadAgent(bytes), await loadAgent(bytes, { threads: workerThreads(3) })].map(
    (agent) => {
      live(agent, environment, 5);
      agent.close();
      live(agent, environment, 5);
      agent.close();
      return agent.save();
    },
  );
  assert.ok(isSame(lives[0], lives[1]));
});

test("one function starts threads for several agents, each its own", async () => {
  const threads = workerThreads(2);
  const environment = await createEnvironment("pendulum");
  const [first, second] = await Promise.all(
    [0, 0].map(() => createAgent(environment, { ...observed, threads })),
  );
  live(first, environment, 25);
  first.close();
  live(second, environment, 25);
  assert.ok(isSame(first.save(), second.save()));
  second.close();
});

/** What a program prints that imports the library's source, once its process has ended by itself. */
async function printed(program: string): Promise<string> {
  const at = (file: string) => JSON.stringify(new URL(`../../src/${file}.ts`, import.meta.url));
  const imports = `import * as library from ${at("index")}; import { workerThreads } from ${at("threads")};`;
  const words = ["--import", "tsx", "--input-type=module", "--eval", imports + program];
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 120_000 });
  return stdout.trim();
}

test("workers keep no process alive: idle, after a plan, and when they are closed", async () => {
  const program = `
    const spaces = { observationSpace: library.box([-1], [1]), actionSpace: library.discrete(2) };
    for (const use of [() => {}, (agent) => agent.act([0.5]), (agent) => { agent.act([0.5]); agent.close(); }])
      use(await library.createAgent(spaces, { candidates: 128, memory: 64, threads: workerThreads(3) }));
    console.log("done");`;
  assert.is(await printed(program), "done");
});

test("refuses threads that are none", async () => {
  const environment = await createEnvironment("pendulum");
  const isMessage = ({ message, name }: Error) =>
    name === "TypeError" &&
    message === "threads: expected workerThreads(…) of generative-agent/threads, got 2";
  const host = { threads: 2 } as unknown as HostOptions;
  const { bytes } = await lifeOf(observed, {});
  for (const work of [() => createAgent(environment, host), () => loadAgent(bytes, host)])
    await work().then(
      () => assert.unreachable(),
      (error: Error) => assert.ok(isMessage(error), error.message),
    );
});

test.run();
