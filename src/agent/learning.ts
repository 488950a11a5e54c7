import { expectInteger, expectKnownNames } from "../core/expect.ts";
import type { Bound } from "../learning/bound.ts";
import type { UpdateInfo } from "../learning/schedule.ts";
import type { Agent } from "./interface.ts";
import type { Transition } from "./transition.ts";

/** The three members that learn, from the two that an agent brings: `learn` is `remember`, then `update` of all that is owed. */
export function learningOf(
  remember: (transition: Transition) => Bound,
  work: (most: number) => UpdateInfo,
): Pick<Agent, "remember" | "update" | "learn"> {
  return {
    remember,
    update(options = {}) {
      expectKnownNames("options", options, ["most"]);
      const { most = Infinity } = options;
      if (most !== Infinity) expectInteger("most", most, 0);
      return work(most);
    },
    learn(transition) {
      const bound = remember(transition);
      return { bound, ...work(Infinity) };
    },
  };
}
