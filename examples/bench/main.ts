/** The page that measures its visitor's device: what is wished, what was measured, and how far it has come. */
import type { Measurement } from "../../src/bench/measure.ts";
import { element } from "../browser/page/element.ts";
import { missing } from "../browser/page/support.ts";
import { type Build, named, relaxedBuild } from "./builds.ts";
import { type Machine, readMachine } from "./machine.ts";
import type { Report } from "./protocol.ts";
import { createRunner } from "./runner.ts";
import { summaryOf } from "./summary.ts";
import { emptyRows, fillRow, listWorks, markRow, partsOf, showRows } from "./table.ts";

const table = element<HTMLTableElement>("works");
const filter = element<HTMLInputElement>("filter");
const run = element<HTMLButtonElement>("run");
const copy = element<HTMLButtonElement>("copy");
const progress = element<HTMLProgressElement>("progress");
const choices = [...document.querySelectorAll<HTMLInputElement>('input[name="build"]')];
const runner = createRunner(hear);

/** By the case's name; of one build alone. */
const measured = new Map<string, Measurement>();
let names: readonly string[] = [];
/** The cases of the run that is under way, or was. */
let wanted: readonly string[] = [];
let isRunning = false;
let machine: Machine | undefined;
let relaxed: ArrayBuffer | undefined;

const isWanted = (name: string) => name.toLowerCase().includes(filter.value.trim().toLowerCase());
const build = () => (choices.find(({ checked }) => checked)?.value ?? "plain") as Build;
const tell = (text: string) => {
  element("status").textContent = text;
};

function hear(report: Report): void {
  if (report.kind === "listed" && names.length === 0) {
    names = report.works.map(({ name }) => name);
    listWorks(table, report.works);
    choose();
    show();
  }
  if (report.kind === "began") {
    markRow(table, report.name);
    tell(`${wanted.indexOf(report.name) + 1} of ${wanted.length}: ${partsOf(report.name).join(", ")}`);
  }
  if (report.kind === "measured") {
    measured.set(report.measurement.work, report.measurement);
    fillRow(table, report.measurement);
    progress.value++;
    show();
  }
  if (report.kind === "finished") rest("finished");
  if (report.kind === "failed") {
    say(`It stopped: ${report.message}`);
    rest("stopped");
  }
}

function say(message: string): void {
  element("message").textContent = message;
  element("message").hidden = false;
}

function start(): void {
  wanted = names.filter(isWanted);
  if (wanted.length === 0) return;
  empty(wanted);
  progress.max = wanted.length;
  progress.value = 0;
  isRunning = true;
  tell("compiling");
  show();
  runner.send({ relaxed: build() === "relaxed" ? relaxed : undefined, names: wanted });
}

/** Ends the run; what was measured stays. */
function rest(how: string): void {
  runner.stop();
  isRunning = false;
  markRow(table, undefined);
  tell(`${how}: ${wanted.filter((name) => measured.has(name)).length} of ${wanted.length} measured`);
  show();
}

function empty(these: readonly string[]): void {
  for (const name of these) measured.delete(name);
  emptyRows(table, these);
  showRows(table, isWanted);
}

/** What the filter leaves, and its place in the address. */
function choose(): void {
  showRows(table, isWanted);
  const count = names.filter(isWanted).length;
  tell(count === 0 ? "no case has such a name" : `${count} of ${names.length} cases`);
  const text = filter.value.trim();
  history.replaceState(null, "", text ? `?filter=${encodeURIComponent(text)}` : location.pathname);
}

/** Buttons, switches and the three figures, as things stand. */
function show(): void {
  const again = measured.size > 0 ? "Measure again" : "Measure";
  run.textContent = isRunning ? "Stop" : again;
  run.disabled = names.length === 0;
  filter.disabled = isRunning;
  for (const choice of choices) choice.disabled = isRunning || (choice.value === "relaxed" && !relaxed);
  progress.hidden = !isRunning;
  copy.disabled = measured.size === 0;
  for (const [id, text] of Object.entries(summaryOf([...measured.values()]))) element(id).textContent = text;
}

/** Machine, build and measurements, as JSON. */
function results(): string {
  return JSON.stringify({ ...machine, build: named[build()], measurements: [...measured.values()] }, null, 1);
}

async function copyResults(): Promise<void> {
  const isCopied = await navigator.clipboard?.writeText(results()).then(
    () => true,
    () => false,
  );
  // where the clipboard is out of reach the text itself is shown
  element("json").textContent = isCopied ? "" : results();
  element("json").hidden = Boolean(isCopied);
  if (!isCopied) getSelection()?.selectAllChildren(element("json"));
  copy.textContent = isCopied ? "Copied" : "Copy what is selected";
  setTimeout(() => {
    copy.textContent = "Copy as JSON";
  }, 2500);
}

async function open(): Promise<void> {
  const lack =
    missing() ?? (typeof Worker === "undefined" ? "This browser has no workers to measure in." : "");
  if (lack) return say(lack);
  relaxed = await relaxedBuild();
  element<HTMLInputElement>(relaxed ? "relaxed" : "plain").checked = true;
  if (!relaxed) element("build-note").textContent = "WebAssembly.validate refuses the relaxed build here.";
  machine = await readMachine();
  for (const [id, text] of Object.entries(machine)) element(id).textContent = String(text);
  runner.send({ relaxed: undefined, names: [] });
}

filter.value = new URLSearchParams(location.search).get("filter") ?? "";
filter.addEventListener("input", choose);
filter.addEventListener("keydown", ({ key }) => key === "Enter" && start());
run.addEventListener("click", () => (isRunning ? rest("stopped") : start()));
copy.addEventListener("click", copyResults);
// figures of two builds are not mixed
for (const choice of choices)
  choice.addEventListener("change", () => {
    empty(names);
    show();
  });
show();
open();
