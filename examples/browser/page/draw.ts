/** Everything that is drawn, once a frame of the screen. */
import { drawings } from "../worlds/drawings.ts";
import { drawBelief, drawReturns, drawTerm, format } from "./curves.ts";
import { element } from "./element.ts";
import { clearSheet, type Inks } from "./sheet.ts";
import { drawnState, type PageState, progressOf, TERMS } from "./state.ts";

const INK_OF = {
  reward: "reward",
  informationGain: "information",
  stateConsistency: "state",
  actionConsistency: "action",
} as const;

const canvas = (id: string) => element<HTMLCanvasElement>(id);
const write = (id: string, text: string) => {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
};

export function drawWorld(state: PageState, inks: Inks, now: number): void {
  const sheet = clearSheet(canvas("world"));
  if (sheet && state.frame)
    drawings[state.task.name](sheet, {
      ...{ inks, frame: state.frame },
      ...{ state: drawnState(state, now), progress: progressOf(state, now) },
    });
}

/** What changes with a frame or an episode alone. */
export function drawInstruments(state: PageState, inks: Inks): void {
  const returns = clearSheet(canvas("returns"));
  if (returns) drawReturns(returns, inks, state.episodes, state.task.returns);
  for (const term of TERMS) {
    const sheet = clearSheet(canvas(term));
    const values = state.terms[term];
    if (sheet) drawTerm(sheet, inks, inks[INK_OF[term]], values);
    write(`${term}-value`, values.length ? format(values[values.length - 1]) : "–");
  }
  if (state.task.hidden) {
    const sheet = clearSheet(canvas("belief"));
    if (sheet) drawBelief(sheet, inks, state.beliefs, state.task.hidden);
  }
  writeFigures(state);
}

function writeFigures({ frame, begun, episodes }: PageState): void {
  write("steps", String(frame?.steps ?? begun?.steps ?? 0));
  write("episode", String(frame?.episode ?? 1));
  const last = episodes[episodes.length - 1];
  write("last-return", last ? format(last.return) : "–");
  const until = frame?.chosen === "at random" && begun ? `, to step ${begun.warmup}` : "";
  write("chosen", frame ? `${CHOICES[frame.chosen]}${until}` : "starting");
  element("chosen").dataset.chosen = frame?.chosen ?? "";
}

const CHOICES = { "at random": "acting at random", plan: "planning", habit: "acting by habit" } as const;
