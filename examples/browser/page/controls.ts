/** Buttons, switches, the slider and the keys, and what they ask for. */
import type { Policy } from "generative-agent/types";
import type { Pace } from "../protocol.ts";
import { type Task, tasks } from "../tasks.ts";
import { format } from "./curves.ts";
import { element } from "./element.ts";
import { chosen } from "./files.ts";

export interface Wishes {
  task(name: string): void;
  policy(policy: Policy): void;
  pace(pace: Pace): void;
  information(weight: number): void;
  run(isRunning: boolean): void;
  reset(seed: number): void;
  restart(): void;
  save(): void;
  load(bytes: Uint8Array): void;
}

/** Steps of the slider. */
const STEPS = 40;

export function connectControls(wishes: Wishes): void {
  connectTasks(wishes);
  connectRadios("policy", (value) => wishes.policy(value as Policy));
  connectRadios("pace", (value) => wishes.pace(Number(value) as Pace));
  const slider = element<HTMLInputElement>("information");
  slider.addEventListener("input", () => wishes.information(weightOf(slider)));
  const pause = element("pause");
  pause.addEventListener("click", () => {
    const wasPaused = pause.dataset.isPaused === "true";
    pause.dataset.isPaused = String(!wasPaused);
    element("pause-label").textContent = wasPaused ? "Pause" : "Go on";
    wishes.run(wasPaused);
  });
  const seed = element<HTMLInputElement>("seed");
  const reset = () => wishes.reset(Math.max(0, Math.floor(Number(seed.value)) || 0));
  element("reset").addEventListener("click", reset);
  seed.addEventListener("change", reset);
  element("restart").addEventListener("click", () => wishes.restart());
  element("save").addEventListener("click", () => wishes.save());
  const file = element<HTMLInputElement>("file");
  element("load").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const bytes = await chosen(file);
    if (bytes) wishes.load(bytes);
  });
  document.addEventListener("keydown", pressKey);
}

function connectTasks(wishes: Wishes): void {
  const list = element("tasks");
  tasks.forEach(({ name, title }, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.task = name;
    button.innerHTML = `<kbd>${i + 1}</kbd><span>${title}</span>`;
    button.addEventListener("click", () => wishes.task(name));
    list.append(button);
  });
}

function connectRadios(name: string, wish: (value: string) => void): void {
  for (const radio of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
    radio.addEventListener("change", () => radio.checked && wish(radio.value));
}

/** Each key presses what carries it as `data-key`, unless something is being typed. */
function pressKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target.matches("input:not([type=radio]):not([type=range])")) return;
  if (event.key === " " && target.matches("button, summary")) return;
  const slider = element<HTMLInputElement>("information");
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  if (key === "[" || key === "]") {
    if (slider.disabled) return;
    slider.valueAsNumber += key === "]" ? 1 : -1;
    slider.dispatchEvent(new Event("input"));
  } else {
    const found =
      document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ??
      document.querySelectorAll<HTMLElement>("#tasks button")[Number(key) - 1];
    if (!found) return;
    found.click();
  }
  event.preventDefault();
}

function weightOf(slider: HTMLInputElement): number {
  // quadratic, so that small weights can be distinguished
  return (slider.valueAsNumber / STEPS) ** 2 * Number(slider.dataset.most);
}

/** Shows the world that was chosen, its seed and its weight of information. */
export function showTask(task: Task, seed: number): void {
  element("title").textContent = task.title;
  element("lead").textContent = task.lead;
  element("notes").replaceChildren(
    ...task.notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })),
  );
  element("information-note").textContent = task.informationNote;
  element("belief-figure").hidden = !task.hidden;
  element("belief-label").textContent = task.hidden?.label ?? "";
  element<HTMLInputElement>("seed").value = String(seed);
  for (const button of document.querySelectorAll<HTMLElement>("#tasks button"))
    button.setAttribute("aria-pressed", String(button.dataset.task === task.name));
}

export function showInformation(weight: number, most?: number): void {
  const slider = element<HTMLInputElement>("information");
  if (most !== undefined) {
    slider.dataset.most = String(most);
    slider.disabled = most === 0;
    slider.valueAsNumber = most === 0 ? 0 : Math.round(STEPS * Math.sqrt(weight / most));
  }
  element("information-value").textContent = weight === 0 ? "off" : `β = ${format(weight)}`;
  slider.setAttribute("aria-valuetext", weight === 0 ? "off" : `${format(weight)} per nat`);
}
