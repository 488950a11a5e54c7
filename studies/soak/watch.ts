/** Calls something very often, and looks at the memory now and then. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Subject } from "./subjects.ts";

/** What lives, in bytes. */
export interface Reading {
  /** Calls so far, those of the warm-up left out. */
  readonly calls: number;
  /** Of JavaScript, after everything unreachable has been collected. */
  readonly heap: number;
  /** Of the kernels' memory, and its arena's top. */
  readonly memory: number;
  readonly top: number;
}

/** How often, and how often to look. */
export interface Watching {
  /** Calls before the first reading, in which the engine compiles and tables fill. */
  readonly warmup: number;
  readonly calls: number;
  readonly every: number;
}

/** A pointer a call kept is a leak; less is what the engine itself keeps. */
const POINTER = 8;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Bytes that live on the heap and outside of it, twice collected: what the first round finalises, the second frees. */
export function liveBytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A reading at the end of the warm-up, and then one after each `every` calls. */
export function* watch({ core, call }: Subject, { warmup, calls, every }: Watching): Generator<Reading> {
  const { kernels } = core;
  const read = (calls: number): Reading => ({
    calls,
    heap: liveBytes(),
    memory: kernels.memory.buffer.byteLength,
    top: kernels.mark(),
  });
  for (let index = 0; index < warmup; index++) call(index);
  yield read(0);
  for (let done = 0; done < calls; ) {
    const next = Math.min(done + every, calls);
    for (; done < next; done++) call(warmup + done);
    yield read(done);
  }
}

/** What grew between the first reading and the last, as a sentence; undefined where nothing did. */
export function growthOf(readings: readonly Reading[]): string | undefined {
  const [first, last] = [readings[0], readings[readings.length - 1]];
  for (const { memory, top } of readings)
    if (memory !== first.memory || top !== first.top)
      return `the kernels' memory went from ${first.memory} bytes, ${first.top} reserved, to ${memory}, ${top} reserved`;
  const grown = last.heap - first.heap;
  if (grown >= POINTER * last.calls) return `the heap grew by ${grown} bytes in ${last.calls} calls`;
  return undefined;
}

/** Rounds of calls whose garbage is measured. */
const ROUNDS = 9;

/** Bytes of short-lived objects a call makes: the most of several rounds, for a collection within one hides some. */
export function garbagePerCall({ call }: Subject, calls: number, from: number): number {
  let most = 0;
  for (let round = 0; round < ROUNDS; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < calls; i++) call(from + round * calls + i);
    most = Math.max(most, (process.memoryUsage().heapUsed - before) / calls);
  }
  return most;
}
