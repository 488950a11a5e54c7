import type { EpisodeReport } from "../loop/report.ts";
import { readText } from "./files.ts";

/** Times of an episode: those of the machine, so that they are no part of the log, which is the same everywhere. */
export interface Timing {
  readonly episode: number;
  /** Environment steps of the run so far. */
  readonly steps: number;
  /** When it ended, ISO 8601. */
  readonly ended: string;
  /** Since the episode before ended, or the process began. */
  readonly seconds: number;
  /** Milliseconds a decision: choosing the action, waiting for the world, learning. */
  readonly acting: number;
  readonly world: number;
  readonly learning: number;
}

/** Measures what the steps of a run take. */
export interface Stopwatch {
  /** A step begins. */
  begin(): void;
  /** The action is chosen. */
  acted(): void;
  /** The world has answered. */
  answered(): void;
  /** The step is over. */
  learned(): void;
  /** The episode is over. */
  end(report: EpisodeReport): Timing;
}

/** @param now milliseconds, of any origin; `date`: what time it is */
export function createStopwatch(
  now: () => number = () => performance.now(),
  date: () => Date = () => new Date(),
): Stopwatch {
  const sums = { acting: 0, world: 0, learning: 0, decisions: 0 };
  let last = now();
  let began = last;
  const lap = (name: "acting" | "world" | "learning") => {
    const time = now();
    sums[name] += time - last;
    last = time;
  };
  return {
    begin() {
      last = now();
    },
    acted: () => lap("acting"),
    answered: () => lap("world"),
    learned() {
      lap("learning");
      sums.decisions++;
    },
    end({ episode, steps }) {
      const seconds = (now() - began) / 1000;
      began = now();
      const { decisions, ...times } = sums;
      const [acting, world, learning] = Object.values(times).map((time) => rounded(time / (decisions || 1)));
      Object.assign(sums, { acting: 0, world: 0, learning: 0, decisions: 0 });
      return {
        episode,
        steps,
        ended: date().toISOString(),
        seconds: rounded(seconds),
        acting,
        world,
        learning,
      };
    },
  };
}

/** The times of the last episode; undefined where there is no such file, or it is none. */
export function readTimings(path: string): Timing | undefined {
  try {
    const lines = readText(path).trimEnd().split("\n");
    const last = JSON.parse(lines[lines.length - 1]) as Timing;
    const isWhole = [last.acting, last.world, last.learning].every((time) => Number.isFinite(time));
    return isWhole ? last : undefined;
  } catch {
    return undefined;
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
