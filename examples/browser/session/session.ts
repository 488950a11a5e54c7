/** Answers the page's commands, and lets the agent act and learn in between, in slices that leave room for the next command. */
import type { Command, Frame, Pace, Report } from "../protocol.ts";
import { checkRun } from "./check.ts";
import { beginTraining, begunOf, restart, stepTraining, type Training } from "./training.ts";

/** Milliseconds between two frames of the drawing, and of work before commands are heard again. */
const [FRAME, SLICE] = [30, 12];

export interface Session {
  handle(command: Command): Promise<void>;
}

/** @param send takes reports to the page */
export function createSession(send: (report: Report) => void): Session {
  let training: Training | undefined;
  let isRunning = true;
  let pace: Pace = 4;
  let isWaiting = false;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let due = 0;
  let unsent: Frame | undefined;

  /** Takes one step and reports the result. */
  const step = async (stepped: Training, now: number): Promise<void> => {
    const isSeen = now - lastFrame >= FRAME;
    const { frame, episode } = await stepTraining(stepped, isSeen);
    // another world was asked for meanwhile
    if (stepped !== training) return;
    if (frame && (isSeen || frame.isFirst)) {
      lastFrame = now;
      send({ kind: "frame", frame });
    }
    unsent = isSeen || frame?.isFirst ? undefined : frame;
    if (episode) send({ kind: "episode", episode });
  };

  /** What is shown while it rests is where it came to. */
  const showRest = (): void => {
    if (unsent) send({ kind: "frame", frame: unsent });
    unsent = undefined;
  };

  /** As many steps as are due, within a slice of time; at least one when one is due. */
  const proceed = async (): Promise<void> => {
    isWaiting = false;
    const stepped = training;
    if (!stepped || !isRunning) return;
    const begin = performance.now();
    const interval = pace === 0 ? 0 : (stepped.task.interval * stepped.agent.options.actionRepeat) / pace;
    // what was missed by a slow machine or a hidden page is not caught up with
    due = Math.max(due, begin - Math.max(interval, SLICE));
    let now = begin;
    while (isRunning && stepped === training && due <= now && now - begin < SLICE) {
      await step(stepped, now);
      due += interval;
      now = performance.now();
    }
    // a command may have come during a step
    if (!isRunning) return showRest();
    wait(Math.max(0, due - now));
  };

  const wait = (delay: number): void => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => guard(proceed), delay);
  };

  const guard = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      send({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };

  const begin = async (task: string, seed: number, bytes?: Uint8Array): Promise<void> => {
    const policy = training?.policy ?? "plan";
    const next = await beginTraining(task, seed, bytes);
    next.policy = policy;
    training = next;
    unsent = undefined;
    lastFrame = Number.NEGATIVE_INFINITY;
    send({ kind: "began", begun: begunOf(training) });
    wait(0);
  };

  const obey = (command: Command): void | Promise<void> => {
    if (command.kind === "begin") return begin(command.task, command.seed);
    if (command.kind === "check") return checkRun(command.run, (check) => send({ kind: "checking", check }));
    if (command.kind === "load") return begin(command.task, command.seed, command.bytes);
    if (command.kind === "pace") pace = command.pace;
    if (command.kind === "run") isRunning = command.isRunning;
    if (command.kind === "run" && !isRunning) showRest();
    if (training && command.kind === "policy") training.policy = command.policy;
    if (training && command.kind === "information")
      training.agent.configure({ informationWeight: command.weight });
    if (training && command.kind === "restart") restart(training);
    if (training && command.kind === "save") send({ kind: "saved", bytes: training.agent.save() });
    if (isRunning) wait(0);
  };

  // one after another: an agent takes a moment to be made
  let last = Promise.resolve();
  return {
    handle(command) {
      last = last.then(() => guard(() => obey(command)));
      return last;
    },
  };
}
