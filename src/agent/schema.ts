/** What the counters and indices of a saved agent may be: kernels trust them. */
import { expectInteger } from "../core/expect.ts";
import { quoted } from "../core/file.ts";
import type { Table } from "../core/table.ts";
import type { Saved } from "../core/tree.ts";
import type { Planner } from "../inference/plan.ts";
import type { Returns, RunningRewards } from "../learning/returns.ts";
import type { Schedule } from "../learning/schedule.ts";

/** Counters that are whole numbers, by their own names. */
const WHOLE: ReadonlySet<string> = new Set([
  ...["rows", "next", "count", "terminations", "waiting", "longest", "transitions"],
  ...["steps", "episodes", "imaginations", "updates", "modelUpdates", "lessonUpdates", "valueUpdates"],
  ...["remembered", "learned", "done", "owed", "spent", "left", "actions", "time", "losses", "recovered"],
]);
/** Numbers that may become infinite: sums of logarithms, deviations from what never varied. */
const UNBOUNDED = /(^|\.)(log\w+|notices\.counts\.\d+)$/;
/** Numbers that may be unknown: NaN. */
const UNKNOWN = /(^|\.)lanes\.\d+\.counts\.reward$/;
/** Counters that are words. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["chosenBy", ["nobody", "plan", "habit", "chance", "curiosity"]],
]);

/**
 * @param fresh counters of one that was just made: what is not finite there, such as the range of no rewards, need not be in a file
 * @throws Error when a counter is no whole number, not finite or another word than it may be
 */
export function expectCounters(counters: Saved["counters"], fresh: Saved["counters"] = {}): void {
  for (const [path, value] of Object.entries(counters)) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (typeof value === "string") {
      if (!WORDS.get(name)?.includes(value))
        throw new Error(`${path}: expected one of ${WORDS.get(name)?.join(", ")}, got ${quoted(value)}`);
    } else if (typeof value === "number") {
      if (WHOLE.has(name)) expectInteger(path, value, 0);
      else if (!Number.isFinite(value) && !mayBe(path, value, fresh[path]))
        throw new Error(`${path}: expected a finite number, got ${value}`);
    }
  }
}

function mayBe(path: string, value: number, fresh: unknown): boolean {
  if (Number.isNaN(value)) return Number.isNaN(fresh) || UNKNOWN.test(path);
  return fresh === Infinity || fresh === -Infinity || UNBOUNDED.test(path);
}

/** Rows of a table, listed. */
type Listed = Pick<Table, "capacity"> & { readonly counts: { readonly rows: number } };

/** The parts of an agent of either kind that count rows, or hold indices; their arrays may be measured alone. */
export interface Counting {
  readonly experience?: Table & { readonly terminals: Listed; readonly rare: Listed };
  readonly sequences?: Table & { readonly terminals: Listed };
  readonly lessons?: object;
  readonly valueLessons?: Table;
  readonly returns: Returns;
  readonly schedule: Schedule;
  readonly acting: readonly Planner[];
  readonly filters?: readonly object[];
}

/** Steps that may wait to be learned from; nobody remembers more without learning. */
const MOST_UNLEARNED = 10_000_000;

/**
 * @param state  with the counters of the file
 * @param arrays of the file, by path
 * @throws Error that names a count beyond its table, or an index that is not below its count
 */
export function expectSound(state: Counting, arrays: Saved["arrays"]): void {
  const { experience, sequences, lessons, valueLessons, returns, schedule, acting, filters = [] } = state;
  for (const [name, table] of Object.entries({ experience, sequences, lessons, valueLessons }))
    if (table !== undefined && "capacity" in table) expectRing(name, table as Table);
  for (const [name, table] of Object.entries({ experience, sequences })) {
    if (table === undefined) continue;
    expectListed(`${name}.terminals`, table.terminals, table.counts.rows, arrays);
    if ("rare" in table) expectListed(`${name}.rare`, table.rare, table.counts.rows, arrays);
  }
  expectReturns(returns);
  expectSchedule(schedule);
  for (const [p, planner] of acting.entries()) expectMembers(`acting.${p}.states`, planner, arrays);
  for (const f of filters.keys()) {
    const path = `filters.${f}.state.ancestors`;
    expectBelow(path, arrays, arrays[path]?.length);
  }
}

function expectRing(name: string, { capacity, counts: { rows, next } }: Table): void {
  expectInteger(`${name}.counts.rows`, rows, 0, capacity);
  // it begins anew only when it is full
  if (rows < capacity) expectInteger(`${name}.counts.next`, next, rows, rows);
  else expectInteger(`${name}.counts.next`, next, 0, capacity - 1);
}

function expectListed(
  name: string,
  { capacity, counts }: Listed,
  rows: number,
  arrays: Saved["arrays"],
): void {
  expectInteger(`${name}.counts.rows`, counts.rows, 0, Math.min(capacity, rows));
  expectBelow(`${name}.list`, arrays, rows);
}

/** @param path of the indices */
function expectBelow(path: string, arrays: Saved["arrays"], size: number): void {
  for (const [i, index] of arrays[path]?.entries() ?? []) expectInteger(`${path}[${i}]`, index, 0, size - 1);
}

function expectReturns({ table, others, counts, ...first }: Returns): void {
  expectInteger("returns.counts.rows", counts.rows, 0, table.length);
  expectInteger("returns.counts.next", counts.next, 0, table.length - 1);
  const running: RunningRewards[] = [{ ...first, counts }, ...others];
  for (const [
    lane,
    {
      rewards,
      counts: { waiting },
    },
  ] of running.entries())
    expectInteger(`returns.counts.waiting of lane ${lane}`, waiting, 0, rewards.length - 1);
}

function expectSchedule({ counts: { remembered, learned, done, owed } }: Schedule): void {
  expectInteger("schedule.counts.learned", learned, Math.max(0, remembered - MOST_UNLEARNED), remembered);
  const most = learned === remembered ? 0 : Number.MAX_SAFE_INTEGER;
  expectInteger("schedule.counts.owed", owed, 0, most);
  expectInteger("schedule.counts.done", done, 0, most);
}

/** A particle of an observed state ends with the member that it follows. */
function expectMembers(path: string, { model }: Planner, arrays: Saved["arrays"]): void {
  if (!model.isObserved) return;
  const states = arrays[path] ?? [];
  for (let i = model.stateRows - 1; i < states.length; i += model.stateRows)
    expectInteger(`${path}[${i}]`, states[i], 0, model.members - 1);
}
