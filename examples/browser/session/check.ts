/** Trains a run anew and compares each episode with what the run claims: the same seed gives the same bits in every browser. */
import { createAgent, createEnvironment, train } from "generative-agent";
import { chainStart, extendChain, extendTrail } from "../../../src/runs/chain.ts";
import { DIGITS, type LinkedRun } from "../../../src/runs/link.ts";
import type { Check } from "../protocol.ts";

/** Milliseconds of work before progress is reported and commands are received. */
const SLICE = 50;

/** @param tell hears how far it is, and at last the verdict */
export async function checkRun(linked: LinkedRun, tell: (check: Check) => void): Promise<void> {
  const { task, seed, steps, options, episodes } = linked;
  const world = await createEnvironment(task);
  const agent = await createAgent(world, options);
  const run = train(agent, world, { steps, seed });
  let chain = chainStart(linked);
  let trail = chain;
  let same = 0;
  const returns: number[] = [];
  const told = (verdict?: Check["verdict"]) =>
    tell({ steps: run.steps, returns: [...returns], same, verdict });
  let rested = performance.now();
  while (same < episodes.length) {
    const step = await run.step();
    if (step === undefined) return told("different");
    trail = extendTrail(trail, step);
    const { episodeReport: report } = step;
    if (report !== undefined) {
      chain = extendChain(chain, trail, report);
      trail = chain;
      returns.push(report.return);
      const claimed = episodes[same];
      const isSame =
        claimed.return === report.return &&
        claimed.length === report.length &&
        claimed.chain === chain.slice(0, DIGITS);
      if (!isSame) return told("different");
      same++;
    }
    if (performance.now() - rested < SLICE) continue;
    told();
    await new Promise((resolve) => setTimeout(resolve));
    rested = performance.now();
  }
  told("same");
}
