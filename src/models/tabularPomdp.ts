import type { Core } from "../core/core.ts";
import { expectArray, expectFinite, expectKnownNames } from "../core/expect.ts";
import { log } from "../core/math.ts";
import { observationKinds } from "../core/observationKind.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../core/simulation.ts";
import { pad4 } from "../core/tiles.ts";
import type { KnownModel } from "./knownModel.ts";
import type { Matrix } from "./matrix.ts";

type Row = readonly number[];
/** [S][A] what follows a state and an action: one number, or one for every next state. */
export type Outcomes = readonly (readonly (number | readonly number[])[])[];

/**
 * A partially observed Markov decision process with discrete states, actions and observations.
 *
 * The transition begins with the state: p(s' | s, a) is at `[s][a][s']`. That of a filter's `TabularSystem` begins with the
 * action, `[a][s][s']`; the observation is alike in both.
 */
export interface PomdpTables {
  /** [S] matrices [A, S]: p(s' | s, a) at `[s][a][s']`. */
  readonly transition: readonly Matrix[];
  /** [S][A] or [S][A][S]: expected reward of a step. */
  readonly reward: Outcomes;
  /** [A] matrices [S, O]: p(o | a, s') at `[a][s'][o]`. */
  readonly observation: readonly Matrix[];
  /** [S] p(s) at the start. */
  readonly initial: readonly number[];
  /** [S][A] or [S][A][S]: probability that the step ends the world. Default: it never ends. */
  readonly ending?: Outcomes;
  /** [S] value of a state at the horizon. Default: none. */
  readonly value?: readonly number[];
}

const NEEDED = ["transition", "reward", "observation", "initial"] as const;
const LAYOUT = `${NEEDED.join(", ")}, ending and value alone, with transition [S][A][S'] (tabularModel's is [A][S][S'])`;

/** How far from one probabilities may add up to. */
const SLACK = 1e-6;

/**
 * The known model of a tabular POMDP, in the core's memory.
 *
 * The systems of `tabularModel` are no tables of this kind: their transition is `[a][s][s']`, here it is `[s][a][s']`.
 *
 * @throws TypeError when there is a field that {@link PomdpTables} have not, or one is missing
 * @throws RangeError when a table has another shape than the transition says, a row of probabilities does not sum to one,
 *   or a reward, an ending or a value is not finite
 *
 * @example
 * const core = await createCore();
 * const model = tabularPomdp(core, tiger());
 * model.actionSize; // 3
 */
export function tabularPomdp(core: Core, tables: PomdpTables): KnownModel {
  expectKnownNames("tables", tables, [...NEEDED, "ending", "value"], LAYOUT);
  for (const name of NEEDED) expectArray(name, tables[name]);
  const { transition, observation, value, initial } = tables;
  const [S, A, O] = [transition.length, transition[0]?.length ?? 0, observation[0]?.[0]?.length ?? 0];
  expectProbabilities("transition", transition, [S, A, S]);
  expectProbabilities("observation", observation, [A, S, O]);
  expectProbabilities("initial", [[initial]], [1, 1, S]);
  const reward = spread("reward", tables.reward, [S, A, S]);
  const ending = tables.ending && core.f32(spread("ending", tables.ending, [S, A, S]));
  const simulated = allocateSimulatedModel(core);
  const likelihood = core.f32(pad4(A * S * O));
  likelihood.set(observation.flat(2));
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.tabular,
    stateRows: 1,
    actionSize: A,
    observationSize: O,
    observationKind: observationKinds.indexOf("categorical"),
    usesNoise: 1,
    states: S,
    transition: core.f32(transition.flat(2)),
    reward: core.f32(reward),
    observation: log(core, likelihood, likelihood),
    ...(ending && { ending }),
    ...(value && { value: core.f32(expectFinite("value", expectLength("value", value, S))) }),
  });
  const hasValue = value !== undefined;
  const sizes = { stateSize: 1, states: S, actionSize: A, observationWidth: 1 };
  return { simulated, ...sizes, isDiscrete: true, hasValue };
}

function expectLength(name: string, row: Row, length: number): Row {
  if (row.length !== length) throw new RangeError(`${name}: expected ${length} values, got ${row.length}`);
  return row;
}

function expectProbabilities(name: string, table: readonly (readonly Row[])[], shape: Row): void {
  expectLength(name, table.map(Number), shape[0]);
  for (const rows of table) {
    expectLength(name, rows.map(Number), shape[1]);
    for (const row of rows) {
      expectLength(name, row, shape[2]);
      const total = row.reduce((sum, p) => sum + p, 0);
      if (!(Math.abs(total - 1) <= SLACK && row.every((p) => p >= 0)))
        throw new RangeError(`${name}: expected probabilities that sum to 1, got ${row.join(" ")}`);
    }
  }
}

/** [S][A][S] of what may be given without regard to the next state. */
function spread(name: string, table: Outcomes, [S, A, next]: Row): number[] {
  expectLength(name, table.map(Number), S);
  const values = table.flatMap((row) => {
    expectLength(name, row.map(Number), A);
    return row.flatMap((entry) =>
      typeof entry === "number" ? new Array<number>(next).fill(entry) : expectLength(name, entry, next),
    );
  });
  return expectFinite(name, values);
}
