/** Task and seed in the page's address, so that what one sees can be shown to another. */

export interface Address {
  readonly task: string | null;
  readonly seed: number;
  /** Whether a worker may be used: `worker=off` keeps the agent on the page. */
  readonly usesWorker: boolean;
}

export function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search);
  const seed = Number(parameters.get("seed") ?? 1);
  return {
    task: parameters.get("task"),
    seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1,
    usesWorker: parameters.get("worker") !== "off",
  };
}

export function writeAddress(task: string, seed: number): void {
  const parameters = new URLSearchParams(location.search);
  parameters.set("task", task);
  parameters.set("seed", String(seed));
  history.replaceState(null, "", `?${parameters}`);
}
