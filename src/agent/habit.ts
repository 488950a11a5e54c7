import { createCore, measureTree } from "../core/core.ts";
import { quoted, reading } from "../core/file.ts";
import { refuse } from "../core/readings.ts";
import { countersOf, restoreTree, savedArrays } from "../core/tree.ts";
import { valueProblem } from "../environments/checkValue.ts";
import type { Action, Observation } from "../environments/environment.ts";
import { flatdim, rowOf } from "../environments/flatten.ts";
import { maskProblem, writeMask } from "../environments/mask.ts";
import type { ModelSizes } from "../models/generativeModel.ts";
import { allocateNetwork, type Memory } from "../models/network.ts";
import { type Archive, readArchive, writeArchive } from "./archive.ts";
import { allocateChoiceRow, type Chooser, chooseFromHabit } from "./choose.ts";
import type { ActOptions, Agent, Spaces } from "./interface.ts";
import { allocateFeatures, enterObservation } from "./lane.ts";
import { scaleObservation } from "./observed/belief.ts";
import { modelSizes, type ObservedState } from "./observed/state.ts";
import { type Options, resolveOptions } from "./options.ts";
import { expectCounters } from "./schema.ts";

const FORMAT = "generative-agent/habit/2";

/** A habit alone: the distilled action prior p_a(a | x), which acts without a model, a plan or an experience. */
export interface Habit {
  /** The spaces of the agent that it is from. */
  readonly spaces: Spaces;
  /**
   * Environment steps that one action lasts, as the agent learned it: a loop of one's own repeats each action so often, or
   * acts in `repeatAction(environment, habit.actionRepeat)`.
   */
  readonly actionRepeat: number;
  /**
   * The mode of p_a(a | x), to the bit what the exported agent's `act(observation, { policy: "habit" })` answers.
   *
   * @param observation of the observation space, finite
   * @param options     `actionMask`: which actions may be taken, default all
   * @returns of a box, a new Float32Array [A] within its bounds; of a discrete space, a whole number in [0, n − 1]; of a
   *          multiDiscrete one, a new Int32Array [G] of such
   * @throws TypeError when the observation is not of the space's length; RangeError when it holds a number that is not
   *         finite
   */
  act(observation: Observation, options?: Pick<ActOptions, "actionMask">): Action;
}

/**
 * The habit of an agent as bytes, a safetensors file of some kilobytes (24 by default): the network's parameters, the
 * observation's scale, and how many steps an action lasts. Small enough to be sent with a page or an edge function.
 *
 * @returns the bytes: 4 for each parameter and a header below 1 kB
 * @throws Error when the agent acts on a belief: its habit needs the filter too
 *
 * @example
 * const agent = await createAgent(await createEnvironment("pendulum"), { hidden: [16], seed: 1 });
 * exportHabit(agent).length < 3000; // true
 */
export function exportHabit({ state, options, spaces }: Agent): Uint8Array {
  const { model, hidden, activation, bins, actionRepeat } = options;
  if (model !== "observed")
    throw new Error(`agent: expected one that observes the state, got model: "${model}"`);
  const arrays = savedArrays(state);
  const D = flatdim(spaces.observationSpace);
  const parts = {
    shift: arrays["model.statistics.inputShift"].subarray(0, D),
    scale: arrays["model.statistics.inputScale"].subarray(0, D),
    parameters: arrays["model.habit.parameters"],
  };
  const settings = { hidden, activation, bins, actionRepeat };
  const { origin } = state as ObservedState;
  return writeArchive(parts, { format: FORMAT, settings, spaces, counts: countersOf({ origin }) });
}

/**
 * The habit that {@link exportHabit} wrote, in a memory of its own.
 *
 * @param bytes the complete file
 * @throws FileError when the bytes are no habit of this version, cut short, damaged (one bit is enough), or say what
 *         cannot be; TypeError when they are no bytes at all
 *
 * @example
 * const agent = await createAgent(await createEnvironment("cartpole"), { seed: 1 });
 * const habit = await loadHabit(exportHabit(agent));
 * habit.actionRepeat; // 1
 * habit.act([0, 0, 0.1, 0.5]) === agent.act([0, 0, 0.1, 0.5], { policy: "habit" }); // true
 */
export async function loadHabit(bytes: Uint8Array | ArrayBuffer): Promise<Habit> {
  const archive = readArchive("habit", bytes, FORMAT);
  const spaces = archive.spaces();
  const settings = reading(() => settingsOf(archive, spaces));
  const origin = { counts: new Array<number>(flatdim(spaces.observationSpace)).fill(0) };
  const { chooser, guide, statistics, features } = await stateOf(
    archive,
    modelSizes(spaces, settings),
    origin,
  );
  const seen = new Float32Array(origin.counts.length);
  const mask = new Float32Array(chooser.coding.size);
  return {
    spaces,
    actionRepeat: settings.actionRepeat,
    act(value, { actionMask } = {}) {
      refuse(valueProblem(spaces.observationSpace, "observation", value));
      const observation = rowOf(spaces.observationSpace, value);
      refuse(maskProblem(spaces.actionSpace, actionMask));
      if (actionMask) writeMask(spaces.actionSpace, actionMask, mask);
      enterObservation(seen, observation, origin.counts);
      scaleObservation(statistics, seen, features);
      return chooseFromHabit(chooser, guide, features, undefined, actionMask && mask);
    },
  };
}

function settingsOf(archive: Archive, spaces: Spaces) {
  const { hidden, activation, bins, actionRepeat, ...others } = archive.settings<Options>();
  const [other] = Object.keys(others);
  if (other !== undefined) throw new TypeError(`settings: expected those of a habit, got ${quoted(other)}`);
  return resolveOptions({ hidden, activation, bins, actionRepeat } as Options, spaces);
}

async function stateOf(archive: Archive, sizes: ModelSizes, origin: object) {
  const { bytes, tree } = measureTree((memory) => allocateHabit(memory, sizes));
  const saved = reading(() => ({ arrays: archive.arrays, counters: archive.counts() }));
  reading(() => {
    restoreTree(treeOf(tree, origin), saved);
    expectCounters(saved.counters);
  });
  const core = await createCore({ bytes });
  const { guide, statistics, work } = allocateHabit(core, sizes);
  restoreTree(treeOf({ guide, statistics }, origin), saved);
  const chooser: Chooser = { core, seed: [0, 0], coding: sizes.coding, row: work.row };
  return { chooser, guide, statistics, features: work.features };
}

/** What a file has of a habit. */
function treeOf({ guide, statistics }: Pick<HabitState, "guide" | "statistics">, origin: object): object {
  const { inputShift: shift, inputScale: scale } = statistics;
  return { shift, scale, parameters: guide.habit.parameters, origin };
}

type HabitState = ReturnType<typeof allocateHabit>;

function allocateHabit(memory: Memory, sizes: ModelSizes) {
  const { observationSize: D, coding, hidden, activation } = sizes;
  return {
    guide: { habit: allocateNetwork(memory, [D, ...hidden, coding.labels], activation) },
    statistics: { inputShift: memory.f32(D), inputScale: memory.f32(D) },
    work: { features: allocateFeatures(memory, D), row: allocateChoiceRow(memory, coding, hidden) },
  };
}
