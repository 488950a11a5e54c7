/**
 * Where a source is tested: `src/a/b.ts` at `test/a/b.test.ts`, a kernel `assembly/a/b.ts` at `test/assembly/a/b.test.ts`. A
 * binding of `src/core` checks and calls: its kernels' tests call it. What only exports needs none. The others are listed
 * here; the list may only shrink.
 */
import type { Sources } from "./sources.ts";

/** Sources without a test at their path, or folders of them: the test file that calls them, or why there is none. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  "assembly/memory.ts": "constants, and the arena: test/core/core.test.ts",
  "assembly/density/gaussianRows.ts": "test/assembly/density/gaussian.test.ts",
  "assembly/density/latentHead.ts": "test/assembly/latent/values.test.ts",
  "assembly/density/observationKind.ts": "constants: test/core/observationKind.test.ts",
  "assembly/information/beliefRatio.ts": "test/assembly/planner/ratioOracle.test.ts",
  "assembly/information/observation.ts": "test/assembly/simulation/latent.test.ts",
  // one algorithm in several files: its values, its gradient, and what must hold between them
  "assembly/latent/": "test/assembly/latent/values.test.ts",
  "assembly/linalg/accumulateWeights.ts": "test/assembly/linalg/dense.test.ts",
  "assembly/linalg/cholesky.ts": "test/assembly/information/momentMatched.test.ts",
  "assembly/linalg/fourRows.ts": "test/assembly/linalg/dense.test.ts",
  "assembly/linalg/pairs.ts": "test/core/relaxed.test.ts",
  "assembly/linalg/transpose.ts": "test/assembly/linalg/dense.test.ts",
  "assembly/math/": "test/assembly/math/math.test.ts",
  "assembly/nn/trace.ts": "test/assembly/nn/mlp.test.ts",
  "assembly/planner/advanceCloud.ts": "test/assembly/planner/smc.test.ts",
  "assembly/planner/cloud.ts": "test/assembly/planner/smc.test.ts",
  "assembly/planner/plan.ts": "a record",
  "assembly/simulation/": "test/assembly/planner/ratioOracle.test.ts",
  "assembly/smc/leaveOneOut.ts": "test/assembly/information/pairwise.test.ts",
  "src/agent/archive.ts": "test/agent/save.test.ts",
  "src/agent/interface.ts": "types",
  "src/agent/latent/mind.ts": "test/agent/act.test.ts",
  "src/agent/latent/state.ts": "test/agent/memory.test.ts",
  "src/agent/observed/mind.ts": "test/agent/act.test.ts",
  "src/agent/observed/readiness.ts": "test/agent/readiness.test.ts",
  "src/agent/observed/state.ts": "test/agent/memory.test.ts",
  "src/bench/cases/": "test/bench/suite.test.ts",
  "src/cli/asciichart.d.ts": "types",
  "src/cli/context.ts": "types and constants",
  "src/cli/version.ts": "a constant: test/cli/cli.test.ts",
  "src/core/resolve.ts": "test/core/options.test.ts",
  "src/core/threadWorker.ts": "runs in a worker: test/core/threads.test.ts",
  "src/environments/checkEpisode.ts": "test/environments/check.test.ts",
  "src/inference/belief/belief.ts": "types",
  "src/inference/belief/filterOptions.ts": "rows: test/inference/belief/createFilter.test.ts",
  "src/inference/information/particleRatios.ts": "test/inference/information/informationGain.test.ts",
  "src/inference/options.ts": "rows: test/agent/optionTable.test.ts",
  "src/inference/plannerOptions.ts": "rows: test/inference/createPlanner.test.ts",
  "src/learning/options.ts": "rows: test/agent/optionTable.test.ts",
  "src/models/options.ts": "rows: test/agent/optionTable.test.ts",
  "src/models/problems/": "test/models/problems.test.ts",
  "src/models/simulated.ts": "types",
};

/** The path of a source's test. */
export function testOf(path: string): string {
  return `test/${path.replace(/^src\//, "").replace(/(\.d)?\.ts$/, ".test.ts")}`;
}

/** Sources that are tested neither at their path nor where the list says. */
export function untested(sources: Sources, tests: ReadonlySet<string>): readonly string[] {
  return [...sources]
    .filter(([path, text]) => !tests.has(testOf(path)) && !isBinding(path, text) && !onlyExports(text))
    .map(([path]) => path)
    .filter((path) => !keysOf(path).some((key) => key in ELSEWHERE));
}

/** Entries of the list that are needless, or name a test that does not exist. */
export function stale(sources: Sources, tests: ReadonlySet<string>): readonly string[] {
  return Object.entries(ELSEWHERE)
    .filter(([key, where]) => {
      const isNeeded = [...sources.keys()].some(
        (path) => keysOf(path).includes(key) && !tests.has(testOf(path)),
      );
      const [test] = where.match(/test\/\S+\.test\.ts/) ?? [];
      return !isNeeded || (test !== undefined && !tests.has(test));
    })
    .map(([key]) => key);
}

const keysOf = (path: string) => [path, path.replace(/[^/]*$/, "")];

const onlyExports = (text: string) =>
  /^(?:\s|\/\/.*\n|export (?:type )?\{[^}]*\} from "[^"]+";)+$/.test(text);

const isBinding = (path: string, text: string) =>
  /^src\/core\/\w+\.ts$/.test(path) && /\* Bindings? of /.test(text);
