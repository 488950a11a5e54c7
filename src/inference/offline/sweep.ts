import { type BeliefGraph, type BeliefNode, backUp } from "./graph.ts";
import { updateBest } from "./vectors.ts";

/** Sweeps one after the other. */
const SWEEPS = 6;

/** Growth of the number of vectors after which sweeps follow, at first. */
const GROWTH = 1.15;

/** Share of the gap at the start that sweeps must have closed to be worth as much again. */
const WORTH = 1e-3;

/** When sweeps come next. */
export interface SweepSchedule {
  /** Vectors from which on. */
  next: number;
  /** Growth of their number until the sweeps after those. */
  growth: number;
}

export function sweepSchedule({ counts }: BeliefGraph): SweepSchedule {
  return { next: 2 * counts.vectors, growth: GROWTH };
}

/** Sweeps when there are enough new vectors; less and less often where it brings little. */
export function sweepIfDue(graph: BeliefGraph, schedule: SweepSchedule): void {
  const { counts, root } = graph;
  if (counts.vectors < schedule.next) return;
  const before = root.best.value;
  for (let i = 0; i < SWEEPS; i++) sweep(graph);
  updateBest(root.best, graph.vectors[root.belief.block], root.belief);
  const isWorthIt = root.best.value - before > WORTH * (root.upper - before);
  schedule.growth = isWorthIt ? GROWTH : 1 + 2 * (schedule.growth - 1);
  schedule.next = schedule.growth * counts.vectors;
}

/**
 * Raises the lower bound at every belief that was visited, by no more backups than that takes: a vector that raises several is backed up once
 * (Perseus; Spaan & Vlassis 2005, https://doi.org/10.1613/jair.1659).
 */
function sweep(graph: BeliefGraph): void {
  const { nodes, vectors } = graph;
  const byBlock: BeliefNode[][] = vectors.map(() => []);
  for (const alike of nodes.values())
    for (const node of alike) if (node.actions !== undefined) byBlock[node.belief.block].push(node);
  byBlock.forEach((visited, block) => {
    for (const { best, belief } of visited) updateBest(best, vectors[block], belief);
    let waiting = visited.map((node) => ({ node, value: node.best.value }));
    // places of a sequence that spreads evenly: the fractions of multiples of the golden ratio
    for (let turn = GOLDEN; waiting.length > 0; turn = (turn + GOLDEN) % 1) {
      const chosen = waiting[Math.floor(turn * waiting.length)].node;
      backUp(graph, chosen);
      waiting = waiting.filter(({ node, value }) => {
        updateBest(node.best, vectors[block], node.belief);
        return node !== chosen && !(node.best.value > value);
      });
    }
  });
}

const GOLDEN = 0.6180339887498949;
