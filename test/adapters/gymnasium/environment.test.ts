import { test } from "uvu";
import * as assert from "uvu/assert";
import { type GymnasiumOptions, gymnasiumEnvironments } from "../../../src/adapters/gymnasium/environment.ts";
import { createAgent } from "../../../src/agent/agent.ts";
import { checkEnvironment } from "../../../src/environments/check.ts";
import { train } from "../../../src/loop/train.ts";
import { messageOf } from "../../helpers/folder.ts";
import { standIn } from "../../helpers/standInGymnasium.ts";

const URL = "ws://127.0.0.1:8765";

const open = (server: ReturnType<typeof standIn>, options: GymnasiumOptions = {}) =>
  gymnasiumEnvironments(URL, { WebSocket: server.WebSocket, ...options });

test("a world at the other end is an environment without fault", async () => {
  const server = standIn();
  const { environments, close } = await open(server, { environment: "Count-v0" });
  assert.equal(JSON.parse(server.messages[0]), {
    ...{ protocol: "generative-agent/gymnasium/1", copies: 1, environment: "Count-v0" },
  });
  const [world] = environments;
  assert.equal(world.observationSpace, { kind: "box", low: [0, -Infinity], high: [Infinity, Infinity] });
  assert.equal([...((await world.reset({ seed: 3 })).observation as Float32Array)], [0, 3]);
  const step = await world.step(Float32Array.of(0.5));
  assert.equal(step, {
    ...{ observation: Float32Array.of(1, 3), reward: 0.5, terminated: false, truncated: false },
  });
  assert.equal(await checkEnvironment(world), []);
  close();
});

test("steps of the same turn travel in one message", async () => {
  const server = standIn();
  const { environments, close } = await open(server, { copies: 3 });
  await Promise.all(environments.map((world, i) => world.reset({ seed: i })));
  server.messages.length = 0;
  const steps = await Promise.all([2, 0].map((copy) => environments[copy].step(Float32Array.of(copy / 4))));
  assert.equal(server.messages, ["step 2,0"]);
  assert.equal(
    steps.map(({ observation, reward }) => [...(observation as Float32Array), reward]),
    [
      [1, 2, 0.5],
      [1, 0, 0],
    ],
  );
  close();
});

test("a dropped connection cuts the episode, and the run goes on over a new one", async () => {
  const server = standIn();
  const { environments, close } = await open(server);
  const [world] = environments;
  const agent = await createAgent(world, { seed: 1 });
  const run = train(agent, world, { steps: 12 });
  for (let t = 0; t < 3; t++) await run.step();
  const waiting = run.step();
  await new Promise((resolve) => setTimeout(resolve));
  server.drop();
  assert.match(await messageOf(() => waiting), /expected an open connection, got one that dropped/);
  const cut = agent.steps;
  const episodes = [];
  for await (const { length, terminated } of run) episodes.push([length, terminated]);
  // nothing that was seen before is lost, and the next episode is a whole one
  assert.ok(cut >= 3, `${cut}`);
  assert.equal(episodes[0], [5, true]);
  assert.is(run.steps, 12);
  assert.is(server.messages.filter((text) => text.startsWith("{")).length, 2);
  close();
});

test("refuses servers that cannot be reached, other tokens and other versions", async () => {
  const server = standIn({ token: "word" });
  assert.is(
    await messageOf(() => open(server, { token: "other" })),
    "server: token: expected the server's, got another",
  );
  assert.is(await messageOf(() => open(server, { token: "word" })), "");
  assert.is(
    await messageOf(() => gymnasiumEnvironments("ws://127.0.0.1:9", { WebSocket: server.WebSocket })),
    "ws://127.0.0.1:9: expected a server, got none that can be reached",
  );
  const other = standIn();
  other.change = (answer) => String(answer).replace("gymnasium/1", "gymnasium/2");
  assert.is(
    await messageOf(() => open(other)),
    'hello: expected the protocol generative-agent/gymnasium/1, got "generative-agent/gymnasium/2"',
  );
});

test("answers that are late, too long or of another size are errors", async () => {
  const slow = standIn();
  const late = await open(slow, { timeout: 1500 });
  slow.silence();
  assert.is(
    await messageOf(() => late.environments[0].reset()),
    `${URL}: expected an answer within 1500 ms, got none`,
  );

  const long = standIn();
  const wide = await open(long, { mostBytes: 400 });
  long.change = () => new ArrayBuffer(404);
  assert.match(
    await messageOf(() => wide.environments[0].reset()),
    /expected messages of at most 400 bytes, got 404$/,
  );

  const short = standIn();
  const narrow = await open(short);
  short.change = (answer) => (answer as ArrayBuffer).slice(0, -4);
  assert.match(
    await messageOf(() => narrow.environments[0].reset()),
    /^message: expected 2 numbers .*, got 1$/,
  );
});

test("a fault of the server has the server's words, and a closed connection says so", async () => {
  const server = standIn();
  const { environments, close } = await open(server);
  const [world] = environments;
  assert.match(await messageOf(() => world.step(Float32Array.of(0))), /^step: expected reset\(\) first/);
  await world.reset();
  server.change = () => JSON.stringify({ error: "the motor is hot" });
  assert.is(await messageOf(() => world.step(Float32Array.of(0))), "server: the motor is hot");
  close();
  assert.match(await messageOf(() => world.reset()), /expected an open connection, got one that was closed$/);
});

test("needs a WebSocket", async () => {
  assert.match(
    await messageOf(() => gymnasiumEnvironments(URL, { WebSocket: "none" as never })),
    /^WebSocket: expected a host that has one \(browsers, Node from 22\), or that of the package ws, got "none"$/,
  );
});

test.run();
