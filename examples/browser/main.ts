/** The page: what is wished goes to the agent's side, what that reports is drawn. */

import type { LinkedRun } from "../../src/runs/link.ts";
import { readAddress, writeAddress } from "./page/address.ts";
import { linkedRun, showCheck, showRun } from "./page/check.ts";
import { connectControls, showInformation, showTask, type Wishes } from "./page/controls.ts";
import { drawInstruments, drawWorld } from "./page/draw.ts";
import { element } from "./page/element.ts";
import { download } from "./page/files.ts";
import { showFindings } from "./page/findings.ts";
import { type Host, openHost } from "./page/host.ts";
import { readInks } from "./page/sheet.ts";
import { afterBegin, afterEpisode, afterFrame, emptyState, type PageState } from "./page/state.ts";
import { missing } from "./page/support.ts";
import type { Check, Report } from "./protocol.ts";
import { taskOf } from "./tasks.ts";

const address = readAddress(location.search);
let state: PageState = emptyState(taskOf(address.task).name);
let seed = address.seed;
let host: Host | undefined;
let inks = readInks();
let isStale = true;
let check: Check | undefined;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

function report(told: Report): void {
  if (told.kind === "began") {
    state = afterBegin(told.begun);
    element("returns-text").replaceChildren();
    showTask(state.task, seed);
    showInformation(told.begun.informationWeight, state.task.mostInformation);
    say("");
    showFindings([]);
  }
  if (told.kind === "frame") state = afterFrame(state, told.frame, performance.now());
  if (told.kind === "episode") {
    state = afterEpisode(state, told.episode);
    if (told.episode.findings.length > 0) showFindings(told.episode.findings);
    element("returns-text").append(`${told.episode.return} `);
  }
  if (told.kind === "saved") download(`${state.task.name}-seed${seed}.safetensors`, told.bytes);
  if (told.kind === "checking") check = told.check;
  if (told.kind === "failed") say(told.message);
  isStale = true;
}

function say(message: string): void {
  const note = element("message");
  note.textContent = message;
  note.hidden = message === "";
}

function begin(task: string, from: number): void {
  seed = from;
  writeAddress(task, seed);
  showTask(taskOf(task), seed);
  host?.send({ kind: "begin", task, seed });
}

const wishes: Wishes = {
  task: (name) => begin(name, seed),
  reset: (from) => begin(state.task.name, from),
  restart: () => host?.send({ kind: "restart" }),
  policy: (policy) => host?.send({ kind: "policy", policy }),
  pace: (pace) => host?.send({ kind: "pace", pace }),
  run: (isRunning) => host?.send({ kind: "run", isRunning }),
  save: () => host?.send({ kind: "save" }),
  load: (bytes) => host?.send({ kind: "load", task: state.task.name, seed, bytes }),
  information(weight) {
    showInformation(weight);
    host?.send({ kind: "information", weight });
  },
};

function place(opened: Host): void {
  host = opened;
  const isSlow = opened.place === "page";
  element("place").textContent = isSlow
    ? "No worker could be used, so the agent learns on this page's own thread, in slices: motion may stutter. A browser that allows workers lifts that."
    : "";
  if (linked) opened.send({ kind: "check", run: linked });
  else begin(state.task.name, seed);
}

/** The run that the address asks for; what it lacks is said. */
function readRun(): LinkedRun | undefined {
  try {
    return linkedRun(location.hash);
  } catch (error) {
    say((error as Error).message);
    return undefined;
  }
}

function draw(now: number): void {
  drawWorld(state, inks, stillness.matches ? Number.POSITIVE_INFINITY : now);
  if (isStale && linked && check) showCheck(linked, check, inks);
  if (isStale) drawInstruments(state, inks);
  isStale = false;
  requestAnimationFrame(draw);
}

function refresh(): void {
  inks = readInks();
  isStale = true;
}

const linked = readRun();
if (linked) showRun(linked);
addEventListener("hashchange", () => location.reload());
connectControls(wishes);
showTask(state.task, seed);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
addEventListener("resize", refresh);
const lack = missing();
if (lack) say(lack);
else place(openHost(address.usesWorker, report, place));
requestAnimationFrame(draw);
