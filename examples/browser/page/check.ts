/** A run from the page's address, trained anew before one's eyes. */
import { version } from "../../../src/core/generated/version.ts";
import { type LinkedRun, readLink } from "../../../src/runs/link.ts";
import type { Check, Episode } from "../protocol.ts";
import { taskOf } from "../tasks.ts";
import { drawReturns, format } from "./curves.ts";
import { element } from "./element.ts";
import { clearSheet, type Inks } from "./sheet.ts";

/**
 * The run that the address asks for; undefined where it asks for none.
 *
 * @throws Error that says why it cannot be checked here
 */
export function linkedRun(hash: string): LinkedRun | undefined {
  const run = readLink(hash);
  if (run === undefined) return undefined;
  if (run.version !== version)
    throw new Error(
      `This run is of version ${run.version}, the page is of ${version}: other versions may give other bits.`,
    );
  if (run.episodes.length === 0) throw new Error("This run claims no episode: there is nothing to compare.");
  return run;
}

/** Shows what is checked in the place of an agent's life. */
export function showRun({ task, seed, steps, episodes, options }: LinkedRun): void {
  document.body.dataset.view = "check";
  element("check").hidden = false;
  element("check-title").textContent = `${task}, seed ${seed}`;
  element("check-claim").textContent =
    `The link claims ${counted(episodes.length, "episode")} of a run of ${counted(steps, "step")}. This page trains it anew, from nothing, and compares every bit.`;
  element("check-options").textContent = JSON.stringify(options, null, 2);
}

/** Shows how far it is. */
export function showCheck(run: LinkedRun, check: Check, inks: Inks): void {
  const { steps, same, returns, verdict } = check;
  const status = element("check-status");
  status.dataset.verdict = verdict ?? "";
  status.textContent =
    verdict === "same"
      ? `checked: same bits in ${counted(same, "episode")}, ${counted(steps, "step")}`
      : verdict === "different"
        ? differenceOf(run, check)
        : `${same} of ${counted(run.episodes.length, "episode")} are the same so far, step ${steps}`;
  const sheet = clearSheet(element<HTMLCanvasElement>("check-returns"));
  const episodes = returns.map(
    (value, i): Episode => ({ episode: i + 1, steps: 0, return: value, policy: "plan", findings: [] }),
  );
  if (sheet) drawReturns(sheet, inks, episodes, rangeOf(run));
}

function differenceOf({ episodes }: LinkedRun, { same, returns }: Check): string {
  const claimed = episodes[same];
  const got = returns[same];
  const here = got === undefined ? "none came here" : `return ${format(got)} came here`;
  const bits = got !== undefined && format(got) === format(claimed.return) ? ", with other bits" : "";
  return `episode ${same + 1} differs: the link claims return ${format(claimed.return)}, ${here}${bits}`;
}

/** Returns that the plot shows at least. */
function rangeOf({ task, episodes }: LinkedRun): readonly [number, number] {
  const known = taskOf(task);
  if (known.name === task) return known.returns;
  const returns = episodes.map((episode) => episode.return);
  const [low, high] = [Math.min(...returns), Math.max(...returns)];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
