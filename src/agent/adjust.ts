import type { Adjustments } from "./interface.ts";

/** What may be adjusted, by name. */
const ADJUSTABLE: readonly string[] = ["informationWeight"] satisfies (keyof Adjustments)[];

/** Writes adjustments into settings that everybody reads, once they are known to be good. */
export function adjust<Settings extends object>(
  settings: Settings,
  adjustments: Adjustments,
  resolve: (options: Settings) => Settings,
): void {
  const unknown = Object.keys(adjustments).find((name) => !ADJUSTABLE.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`adjustments: expected ${ADJUSTABLE.join(", ")}, got ${unknown}`);
  const given = Object.fromEntries(Object.entries(adjustments).filter(([, value]) => value !== undefined));
  resolve({ ...settings, ...given });
  Object.assign(settings, given);
}
