/** What the visitor can do: push, drive, change gravity, put the star elsewhere, pause, begin anew. */
import { element } from "../browser/page/element.ts";

/** What is asked for by hand. */
export interface Controls {
  /** The visitor's torque while the visitor drives; undefined while the agent does. */
  driven(): number | undefined;
  isPaused(): boolean;
  isFast(): boolean;
}

export interface Effects {
  push(side: -1 | 1): void;
  gravity(metres: number): void;
  /** At a share of the picture's width, from 0 to 1; anywhere where none is said. */
  star(share?: number): void;
  forget(): void;
  resume(): void;
}

const NOTES = {
  agent: "The agent plans each action and learns. Push the robot and see how it recovers.",
  visitor:
    "You set the motor: hold left or right. It is harder than it looks. The agent watches, and its model learns from what you do.",
};

export function connectControls(effects: Effects, startsPaused: boolean): Controls {
  const isChecked = (name: string, value: string) =>
    document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)?.checked === true;
  const isVisitor = () => isChecked("driver", "visitor");
  const held = { left: false, right: false };
  const pause = element("pause");
  const showPause = (isPaused: boolean) => {
    pause.dataset.isPaused = String(isPaused);
    element("pause-label").textContent = isPaused ? "Start" : "Pause";
  };
  const showDriver = () => {
    element("driver-note").textContent = NOTES[isVisitor() ? "visitor" : "agent"];
    for (const side of ["left", "right"] as const) {
      held[side] = false;
      element(`${side}-label`).textContent = `${isVisitor() ? "Drive" : "Push"} ${side}`;
    }
  };

  for (const [side, sign] of [
    ["left", -1],
    ["right", 1],
  ] as const) {
    const button = element(side);
    const press = () => {
      if (!isVisitor()) effects.push(sign);
      held[side] = true;
    };
    const release = () => {
      held[side] = false;
    };
    button.addEventListener("pointerdown", press);
    for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"])
      button.addEventListener(end, release);
    const key = `Arrow${side === "left" ? "Left" : "Right"}`;
    // a focused button is pressed by enter or space, the arrows work from everywhere else
    const isOwn = (event: KeyboardEvent) =>
      (event.key === key && !isChoice(event.target)) ||
      (event.target === button && (event.key === "Enter" || event.key === " "));
    document.addEventListener("keydown", (event) => {
      if (!isOwn(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    });
    document.addEventListener("keyup", (event) => isOwn(event) && release());
  }

  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="driver"]'))
    radio.addEventListener("change", showDriver);
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="gravity"]'))
    radio.addEventListener("change", () => effects.gravity(Number(radio.value)));
  pause.addEventListener("click", () => {
    showPause(pause.dataset.isPaused !== "true");
    effects.resume();
  });
  element("star").addEventListener("click", () => effects.star());
  element("reset").addEventListener("click", () => effects.forget());
  const world = element("world");
  world.addEventListener("pointerdown", ({ offsetX }) => effects.star(offsetX / world.clientWidth));
  document.addEventListener("keydown", pressKey);
  showDriver();
  showPause(startsPaused);
  return {
    driven: () => (isVisitor() ? Number(held.right) - Number(held.left) : undefined),
    isPaused: () => pause.dataset.isPaused === "true",
    isFast: () => isChecked("pace", "fast"),
  };
}

/** The arrow keys move between the choices of a radio group. */
const isChoice = (target: EventTarget | null) =>
  (target as HTMLElement | null)?.matches?.("input[type=radio]") === true;

/** Each key presses what carries it as `data-key`. */
function pressKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.key.startsWith("Arrow")) return;
  const target = event.target as HTMLElement;
  if (event.key === " " && target.matches("button, a")) return;
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const found = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (found === null) return;
  found.click();
  event.preventDefault();
}
