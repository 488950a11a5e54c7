import type { EpisodeReport } from "../loop/report.ts";

/** Lines about the findings of a training; each kind is printed once. */
export function createNews(): (report: EpisodeReport) => readonly string[] {
  const told = new Set<string>();
  return ({ steps, findings = [] }) =>
    findings
      .filter(({ code }) => !told.has(code))
      .map(({ code, evidence, suggestion }) => {
        told.add(code);
        return `step ${steps}: ${code}: ${evidence} ${suggestion}`;
      });
}
