import type { EpisodeReport } from "../loop/report.ts";

/** Lines about the findings and the warnings of a training; each kind is printed once. */
export function createNews(): (report: EpisodeReport) => readonly string[] {
  const told = new Set<string>();
  const isNew = (key: string) => !told.has(key) && told.add(key);
  return ({ steps, findings = [], warnings = [] }) => [
    ...warnings.filter(isNew).map((sentence) => `step ${steps}: ${sentence}`),
    ...findings
      .filter(({ code }) => isNew(code))
      .map(({ code, evidence, suggestion }) => `step ${steps}: ${code}: ${evidence} ${suggestion}`),
  ];
}
