/** The rollout of beliefs against its f64 twin, which is given the kernel's random numbers. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout } from "../../../src/core/planner.ts";
import { linearGaussianModel, type Matrices } from "../../../src/models/linearGaussian.ts";
import { type Simulation, simulationOf } from "../../../src/models/simulation.ts";
import { type Tables, tabularModel } from "../../../src/models/tabular.ts";
import { buildBelief, drawsOfLane, laneActions, type Problem } from "../../helpers/belief.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { type Random, type Rows, randomRow, randomRows } from "../../reference/arrays.ts";
import {
  type BeliefModel,
  type BeliefSettings,
  linearGaussianTwin,
  scoreOfBelief,
  tabularTwin,
} from "../../reference/belief.ts";
import { product, transposed } from "../../reference/filter.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore(1 << 23);

/** Probabilities in sixteenths, which f32 adds exactly. */
function randomProbabilities(random: Random, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (let i = 0; i < 16; i++) counts[Math.floor(random() * size)]++;
  return counts.map((count) => count / 16);
}

const randomTable = (rows: number, columns: number, row: () => number[]) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, row));

function randomTables(seed: number, [S, A, O]: readonly [number, number, number]): Tables {
  const random = mulberry32(seed);
  return {
    transition: randomTable(S, A, () => randomProbabilities(random, S)),
    reward: randomTable(S, A, () => randomRow(random, S, -2, 2)),
    observation: randomTable(A, S, () => randomProbabilities(random, O)),
    ending: randomTable(S, A, () => randomRow(random, S, 0, 0.5)),
    initial: randomProbabilities(random, S),
    value: randomRow(random, S, -3, 3),
  };
}

function randomSystem(
  seed: number,
  [n, A, D]: readonly [number, number, number],
  isSquashed: boolean,
): Matrices {
  const random = mulberry32(seed);
  const matrix = (rows: number, columns: number) => randomRows(random, rows, columns, -0.7, 0.7);
  const covariance = (factor: Rows) => product(factor, transposed(factor));
  /** Sensors whose errors go together, each with one of its own, too. */
  const sensors = () => matrix(D, D).map((row, d) => row.map((value, k) => value + Number(k === d)));
  return {
    transition: matrix(n, n),
    control: matrix(n, A),
    transitionCovariance: covariance(matrix(n, n)),
    observation: matrix(D, n),
    observationCovariance: covariance(sensors()),
    stateCost: matrix(n, n),
    actionCost: matrix(A, A),
    valueCost: matrix(n, n),
    isSquashed,
  };
}

interface Case extends Partial<BeliefSettings> {
  readonly plans?: number;
  readonly candidates?: number;
  readonly horizon?: number;
  readonly M?: number;
}

/** Compares every lane of a random problem with its twin; how far apart the scores lie. */
function compare(known: Simulation, twin: BeliefModel, stateOf: (random: Random) => number[], options: Case) {
  const { plans = 2, candidates = 20, horizon = 4, M = 5 } = options;
  const settings: BeliefSettings = {
    conditioning: "belief",
    contrasts: 3,
    informationWeight: 0.7,
    rewardNoise: 0,
    isEvidence: false,
    temperature: 0.6,
    discount: 0.9,
    hasValue: known.hasValue,
    ...options,
  };
  const random = mulberry32(3);
  const states: Rows[] = Array.from({ length: plans }, () =>
    Array.from({ length: M }, () => stateOf(random)),
  );
  // a particle of every plan is out of the question, where there are several
  const logWeights = randomRows(random, plans, M, -2, 1).map((row) =>
    row.map((value, k) => (k === 1 ? -Infinity : value)),
  );
  const problem: Problem = {
    ...{ plans, candidates, horizon, states, logWeights },
    numbers: {
      usesInformation: Number(settings.conditioning !== "none"),
      conditionsOnBelief: Number(settings.conditioning === "belief"),
      contrasts: settings.contrasts,
      informationWeight: settings.informationWeight,
      rewardNoise: settings.rewardNoise,
      usesEvidence: Number(settings.isEvidence),
      temperature: settings.temperature,
      discount: settings.discount,
    },
  };
  return core.scope(() => {
    const built = buildBelief(core, known, problem);
    propose(core, built.plan);
    rollout(core, built.plan);
    const slots = settings.conditioning === "path" ? settings.contrasts + 1 : 1;
    const expected = Array.from({ length: plans * candidates }, (_, lane) => {
      const s = Math.floor(lane / candidates);
      const draws = drawsOfLane(core, built, { lane, slots, isTabular: known.isDiscrete });
      const belief = { states: states[s], logWeights: logWeights[s] };
      return scoreOfBelief(twin, belief, laneActions(built, lane), draws, settings);
    });
    expected.forEach((value, lane) => {
      assert.ok(Math.abs(built.scores[lane] - value) < 2e-5, `lane ${lane}: ${built.scores[lane]}, ${value}`);
    });
    return Math.max(...expected) - Math.min(...expected);
  });
}

const cases: [string, Case][] = [
  ["belief", {}],
  ["belief, one particle", { M: 1 }],
  ["belief, three plans over several tiles", { plans: 3, candidates: 28, M: 7 }],
  ["belief, evidence", { isEvidence: true }],
  ["belief, with the reward seen", { rewardNoise: 0.4 }],
  ["path", { conditioning: "path" }],
  ["path, evidence, with the reward seen", { conditioning: "path", isEvidence: true, rewardNoise: 0.8 }],
  ["path, one contrast", { conditioning: "path", contrasts: 1, M: 2, horizon: 1 }],
  ["no information", { conditioning: "none" }],
  ["no information, evidence", { conditioning: "none", isEvidence: true, plans: 5, candidates: 12 }],
];

// scores of about ten, from sums of fifty terms in f32: 50 · 2⁻²⁴ · 10 = 3e-5 at worst, less for random errors
for (const [name, options] of cases) {
  test(`tables: ${name}`, () => {
    core.scope(() => {
      const tables = randomTables(11, [6, 3, 4]);
      const known = simulationOf(core, tabularModel(tables));
      const spread = compare(known, tabularTwin(tables), (random) => [Math.floor(random() * 6)], options);
      assert.ok(spread > 0.5);
    });
  });
  for (const isSquashed of [false, true])
    test(`linear-Gaussian${isSquashed ? ", squashed" : ""}: ${name}`, () => {
      core.scope(() => {
        const system = randomSystem(5, [3, 2, 2], isSquashed);
        const known = simulationOf(core, linearGaussianModel(system));
        const spread = compare(known, linearGaussianTwin(system), (random) => randomRow(random, 3), options);
        assert.ok(spread > 0.5);
      });
    });
}

test("without noise a table takes its most probable way, and a linear system its mean", () => {
  core.scope(() => {
    const { ending: _, ...tables } = randomTables(2, [5, 2, 3]);
    const twin = tabularTwin(tables);
    const modes: BeliefModel = {
      ...twin,
      next: ([s], action) => {
        const row = tables.transition[s][action.indexOf(1)];
        return [row.indexOf(Math.max(...row))];
      },
    };
    const known = simulationOf(core, tabularModel(tables));
    known.record.words[5] = 0;
    compare(known, modes, (random) => [Math.floor(random() * 5)], { conditioning: "none" });
    const transitionCovariance = new Array<number[]>(5).fill([0, 0, 0, 0, 0]);
    const system = { ...randomSystem(5, [5, 3, 1], false), transitionCovariance };
    const still = simulationOf(core, linearGaussianModel(system));
    compare(still, linearGaussianTwin(system), (random) => randomRow(random, 5), {});
  });
});

test.run();
