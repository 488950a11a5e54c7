import { activations } from "../../core/activation.ts";
import {
  expectBoolean,
  expectInteger,
  expectKnownNames,
  expectMultiple,
  expectNumber,
  expectOneOf,
  shown,
} from "../../core/expect.ts";
import { observationKinds } from "../../core/observationKind.ts";
import { LATENT_DEFAULTS, type LatentOptions, type LatentSettings } from "./options.ts";

/** @throws TypeError or RangeError that names the option, what was expected and what came */
export function resolveLatentOptions(options: LatentOptions): LatentSettings {
  expectKnownNames("options", options, Object.keys(LATENT_DEFAULTS));
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: LatentSettings = { ...LATENT_DEFAULTS, ...given };
  expectLatentSettings(settings);
  return settings;
}

/** Whole numbers: name, least, greatest. */
const WHOLE = [
  ["seed", 0],
  ["members", 1, 16],
  ["bins", 2, 256],
  ["particles", 1, 32],
  ["contrasts", 1, 64],
  ["iterations", 1, 8],
  ["firstIterations", 0, 8],
  ["horizon", 1, 1000],
  ["actionRepeat", 1],
  ["warmup", 1],
  ["warmupUpdates", 0],
  ["updates", 0],
  ["memory", 64],
  ["delay", 0],
  ["chunk", 2, 256],
  ["overshoot", 0, 64],
  ["overshootFrom", 0],
  ["overshootStarts", 1],
  ["marginalSteps", 0],
] as const;

/** Numbers: name, least, greatest. */
const REAL = [
  ["changeShare", 1e-4],
  ["rewardNoise", 1e-4],
  ["resampleBelow", 0, 1],
  ["regularisation", 0],
  ["habitShare", 0, 1],
  ["temperature", 1e-6],
  ["discount", 0, 1],
  ["informationWeight", 0],
  ["klBudget", 0],
  ["essShare", 1e-6, 1],
  ["minimumStd", 1e-6],
  ["correlation", 0, 0.999],
  ["learningRate", 0],
  ["annealing", 1],
  ["weightDecay", 0],
  ["trustRegion", 0, 0.99],
  ["valueRate", 0, 1],
  ["marginalWeight", 0, 1],
  ["rewardClip", 1e-3],
  ["maxNorm", 1e-6],
  ["returnDecay", 0, 1],
] as const;

const SWITCHES = [
  "recognisesReward",
  "informationFades",
  "simulatesNoise",
  "usesValue",
  "valueAwaitsTermination",
] as const;

const CHOICES = [
  ["model", ["latent"]],
  ["activation", activations],
  ["observationKind", observationKinds],
  ["conditioning", ["path", "belief", "member"]],
  ["risk", ["variational", "evidence"]],
  ["planner", ["iterated", "smc"]],
  ["exploration", ["sample", "greedy"]],
  ["bound", ["generative", "discriminative"]],
] as const;

function expectLatentSettings(settings: LatentSettings): void {
  for (const [name, low, high] of WHOLE) expectInteger(name, settings[name], low, high);
  for (const [name, low, high] of REAL) expectNumber(name, settings[name], low, high);
  for (const name of SWITCHES) expectBoolean(name, settings[name]);
  for (const [name, choices] of CHOICES) expectOneOf(name, settings[name], choices);
  expectMultiple("latentSize", settings.latentSize, 4);
  expectMultiple("candidates", settings.candidates, 4);
  expectWidths("hidden", settings.hidden);
  expectWidths("decoderHidden", settings.decoderHidden);
  const { observationNoise, risk, klBudget } = settings;
  if (typeof observationNoise === "number") expectNumber("observationNoise", observationNoise, 1e-4);
  else expectOneOf("observationNoise", observationNoise, ["change", "learned"]);
  if (settings.bound === "discriminative")
    for (const name of ["informationWeight", "marginalWeight"] as const)
      if (settings[name] > 0)
        throw new RangeError(`${name}: expected 0 with the discriminative bound, got ${settings[name]}`);
  if (risk === "evidence" && klBudget > 0)
    throw new RangeError(`klBudget: expected 0 with risk "evidence", got ${klBudget}`);
  if (settings.conditioning === "member" && settings.members < 2)
    throw new RangeError(`members: expected at least 2 with conditioning "member", got ${settings.members}`);
  if (observationNoise === "learned" && settings.overshoot < 1)
    throw new RangeError(`overshoot: expected at least 1 with learned noise, got ${settings.overshoot}`);
}

function expectWidths(name: string, widths: readonly number[]): void {
  if (!Array.isArray(widths) || widths.length > 4)
    throw new TypeError(`${name}: expected up to 4 widths, got ${shown(widths)}`);
  for (const [l, width] of widths.entries()) expectInteger(`${name}[${l}]`, width, 1, 1024);
}
