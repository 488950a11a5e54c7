/** The page of the game: the world is played here, frame by frame; the agent plans and learns in a worker. */
import { createWorkerAgent } from "generative-agent/worker";
import { element } from "../browser/page/element.ts";
import { clearSheet, readInks } from "../browser/page/sheet.ts";
import { missing } from "../browser/page/support.ts";
import { connectControls } from "./controls.ts";
import { type Asked, createRound, type Moment } from "./round.ts";
import { drawScene, viewOf } from "./scene.ts";
import { afterMoment, EMPTY, type PageState } from "./state.ts";
import { drawThoughts } from "./thoughts.ts";
import { createGame, FRAMES } from "./world.ts";

/** Newton seconds of a push; milliseconds of a frame; decisions between two looks at the plan. */
const [PUSH, FRAME, LOOKS] = [1.2, 1000 / 60, 2];
const seed = Number(new URLSearchParams(location.search).get("seed") ?? 1);

const world = element<HTMLCanvasElement>("world");
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const game = createGame();
let inks = readInks();
let state: PageState = EMPTY;
let isStale = true;
/** Counts the agents: what belongs to one that was forgotten ends. */
let life = 0;
let resume = () => {};

const controls = connectControls(
  {
    push: (side) => game.push(side * PUSH),
    gravity: game.setGravity,
    star: (share) => {
      if (share === undefined) game.moveStar();
      else {
        const { scale, centre } = viewOf(sizeOf(world), game.pose());
        game.moveStar(centre + ((share - 0.5) * world.clientWidth) / scale);
      }
    },
    forget: () => void begin(),
    resume: () => resume(),
  },
  stillness.matches,
);

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

/** The agent in a worker; without workers in this thread. */
async function createPlayer(): Promise<Asked & { close(): void }> {
  try {
    const worker = new Worker(new URL("./agent.ts", import.meta.url), { type: "module" });
    const agent = await createWorkerAgent(worker, { spaces: game, options: { seed } });
    element("place").textContent = "The agent runs in a worker. Nothing leaves this page.";
    return agent as Asked & { close(): void };
  } catch {
    const { createAgent } = await import("generative-agent");
    element("place").textContent = "No worker could be used: the agent runs in the page, which may stutter.";
    return createAgent(game, { seed });
  }
}

let player: (Asked & { close(): void }) | undefined;

async function begin(): Promise<void> {
  const own = ++life;
  player?.close();
  player = await createPlayer();
  state = EMPTY;
  const decide = createRound(player, game, seed);
  for (let count = 0; own === life; count++) {
    if (controls.isPaused())
      await new Promise<void>((go) => {
        resume = go;
      });
    if (own !== life) return;
    const explains = count % LOOKS === 0 && !(controls.isFast() && count % 10 !== 0);
    const moment = await decide({ driven: controls.driven(), explains, animate });
    if (own !== life) return;
    show(moment);
  }
}

function show(moment: Moment): void {
  state = afterMoment(state, moment);
  isStale = true;
  const { warmup } = player?.options ?? { warmup: 0 };
  const isChance = moment.steps <= warmup;
  const chosen = moment.isDriven ? "habit" : isChance ? "at random" : "plan";
  const words = {
    habit: "you are driving",
    "at random": `acting at random, to decision ${warmup}`,
    plan: "planning",
  };
  element("chosen").dataset.chosen = chosen;
  if (element("chosen").textContent !== words[chosen]) element("chosen").textContent = words[chosen];
}

let due = 0;

/** The frames of one decision: at 60 a second of real time whatever the screen's rate is, or at once. */
async function animate(frame: () => void): Promise<void> {
  for (let i = 0; i < FRAMES; i++) {
    if (!controls.isFast()) {
      let now = performance.now();
      // what a slow machine or a hidden page missed is not caught up with
      due = Math.max(due + FRAME, now - 2 * FRAME);
      while (now < due && !controls.isFast()) now = await nextFrame();
    }
    frame();
  }
}

const nextFrame = () =>
  new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));

/** Draws once a frame of the screen; with reduced motion once a decision. */
function draw(): void {
  if (isStale || !stillness.matches) {
    const sheet = clearSheet(world);
    if (sheet) drawScene(sheet, inks, game.pose(), state);
  }
  if (isStale) drawThoughts(state, inks);
  isStale = false;
  requestAnimationFrame(draw);
}

const readAgain = () => {
  inks = readInks();
  isStale = true;
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readAgain);
addEventListener("resize", readAgain);

const lacks = missing();
const message = element("message");
message.hidden = lacks === undefined;
message.textContent = lacks ?? "";
requestAnimationFrame(draw);
if (lacks === undefined)
  begin().catch((error: Error) => {
    message.hidden = false;
    message.textContent = error.message;
  });
