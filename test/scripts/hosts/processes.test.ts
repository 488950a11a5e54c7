import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { outputOf, start, whileRunning } from "../../../scripts/hosts/processes.ts";

const thisNode = { path: process.execPath, environment: { GREETING: "hello" } };
const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    ({ message }: Error) => message,
  );

/** Starts this Node with a script, which prints to the channel that `start` listens to. */
function startNode(script: string) {
  const running = start(thisNode, ["-e", script]);
  const answer = new Promise<string>((resolve) => {
    running.child.stdio[3]?.on("data", (text) => resolve(String(text)));
  });
  return { running, answer };
}

test("gives what a program prints, in its own environment and folder, without this Node's options", async () => {
  const script = "console.log(process.env.GREETING, process.env.NODE_OPTIONS === '', process.cwd())";
  assert.is(await outputOf(thisNode, ["-e", script], { folder: "/" }), "hello true /");
});

test("tells what a program complained of", async () => {
  assert.match(await messageOf(outputOf(thisNode, ["--no-such-option"])), /bad option: --no-such-option$/);
});

test("a program that takes too long is ended", async () => {
  const waiting = outputOf(thisNode, ["-e", "setInterval(() => {}, 1000)"], { patience: 200 });
  assert.is(await messageOf(waiting), "no answer in 0.2 s");
});

test("a program that ends before it answers is an error with its complaint", async () => {
  const { running, answer } = startNode("console.error('no port is free'); process.exitCode = 3");
  const message = await messageOf(whileRunning(running, () => answer));
  assert.match(message, /^ended with 3 before it answered/);
  await running.end();
});

test("an answer that takes too long is an error", async () => {
  const { running, answer } = startNode("setInterval(() => {}, 1000)");
  assert.is(await messageOf(whileRunning(running, () => answer, 100)), "no answer in 0.1 s");
  await running.end();
});

test("ends a program with what it started", async () => {
  const { running, answer } = startNode(`
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    require("node:fs").writeSync(3, String(child.pid));
    setInterval(() => {}, 1000);`);
  const pid = Number(await whileRunning(running, () => answer));
  await running.end();
  // a child whose parent has ended is the system's to bury: it is gone, or a zombie
  for (;;) {
    const state = stateOf(pid);
    if (state === undefined || state === "Z") break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

/** The state letter of a process in Linux; undefined when it is gone. */
function stateOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1][0];
  } catch {
    return undefined;
  }
}

test.run();
