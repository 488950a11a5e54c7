/** Which of the two models an agent's options ask for. */
import { expectOneOf } from "../core/expect.ts";
import { LATENT_DEFAULTS, type LatentOptions } from "./latent/options.ts";
import { type AgentOptions, resolveOptions } from "./options.ts";

/**
 * Whether options ask for an agent with a belief.
 *
 * @throws RangeError when they ask for no known model; TypeError when one of them belongs to the other model only
 */
export function isLatent(options: AgentOptions | LatentOptions): options is LatentOptions {
  const { model = "observed" } = options;
  expectOneOf("model", model, ["observed", "latent"]);
  const defaults = { observed: resolveOptions(), latent: LATENT_DEFAULTS };
  const other = model === "latent" ? "observed" : "latent";
  for (const name of Object.keys(options))
    if (!Object.hasOwn(defaults[model], name) && Object.hasOwn(defaults[other], name))
      throw new TypeError(`options: expected known names, got ${name}, which belongs to model: "${other}"`);
  return model === "latent";
}
