import type { RunConfig } from "./config.ts";

/**
 * What distinguishes runs beside their seeds: the settings that differ, in words, for each run.
 *
 * @example
 * settingLabels([{ …, options: { informationWeight: 0 } }, { …, options: { informationWeight: 0.1 } }]);
 * // ["information weight 0", "information weight 0.1"]
 */
export function settingLabels(configs: readonly Pick<RunConfig, "options">[]): readonly string[] {
  const settings = configs.map(({ options }) => new Map<string, unknown>(Object.entries(options)));
  const names = [...new Set(settings.flatMap((setting) => [...setting.keys()]))];
  const differing = names.filter(
    (name) =>
      name !== "seed" && new Set(settings.map((setting) => JSON.stringify(setting.get(name)))).size > 1,
  );
  return settings.map((setting) =>
    differing.map((name) => `${words(name)} ${format(setting.get(name))}`).join(", "),
  );
}

function format(value: unknown): string {
  if (value === undefined) return "default";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
