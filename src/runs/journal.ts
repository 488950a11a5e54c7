import type { Agent } from "../agent/interface.ts";
import type { EpisodeReport, StepReport } from "../loop/report.ts";
import { chainStart, extendChain, extendTrail } from "./chain.ts";
import type { Moment } from "./checkpoint.ts";
import type { RunConfig } from "./config.ts";
import {
  addOutcome,
  addPlan,
  clearPlans,
  type DiagnosticSums,
  diagnosticsOf,
  noDiagnostics,
  readPlan,
  restoreDiagnostics,
} from "./diagnostics.ts";
import type { LoggedEpisode } from "./log.ts";

/** What makes the lines of a log out of the steps of a run. */
export interface Journal {
  /** Reads the plan of the last action, between acting and learning. */
  see(agent: Agent): void;
  /** Takes in a step. */
  take(step: StepReport): void;
  /** The line of an episode that is over: what comes next is another episode. */
  end(report: EpisodeReport): LoggedEpisode;
  /** The line of the episode so far, which may go on. */
  cut(report: EpisodeReport): LoggedEpisode;
  /** Where the log is. */
  moment(): Omit<Moment, "bytes">;
}

/** @param from where the log was when the run was saved; left out: at its beginning */
export function createJournal(config: RunConfig, from?: Moment): Journal {
  let episodes = from?.episodes ?? 0;
  let steps = from?.steps ?? 0;
  let chain = from?.chain ?? chainStart(config);
  let trail = from?.trail ?? chain;
  const sums: DiagnosticSums = from === undefined ? noDiagnostics() : restoreDiagnostics(from.sums);
  // findings are left out: what a diagnosis has watched is not saved, so a resumed run may find less
  const cut = ({ findings: _findings, ...report }: EpisodeReport): LoggedEpisode => ({
    ...report,
    plans: diagnosticsOf(sums),
    chain: extendChain(chain, trail, report),
  });
  return {
    see: (agent) => addPlan(sums, readPlan(agent)),
    take(step) {
      trail = extendTrail(trail, step);
      steps = step.steps;
      addOutcome(sums, step);
    },
    end(report) {
      const line = cut(report);
      chain = line.chain as string;
      trail = chain;
      episodes++;
      clearPlans(sums);
      return line;
    },
    cut,
    moment: () => ({ steps, episodes, chain, trail, sums: { ...sums } }),
  };
}
