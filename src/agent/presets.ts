import type { AgentOptions } from "./options.ts";

/** Settings that suit a built-in environment, by its task name; defaults for any other. */
export function recommendedOptions(task: string): AgentOptions {
  return PRESETS[task] ?? {};
}

const PRESETS: Readonly<Record<string, AgentOptions>> = {
  // a goal that only sustained swings reach: actions last two steps, noise persists, what is unknown attracts
  "mountain-car-continuous": {
    actionRepeat: 2,
    warmup: 50,
    horizon: 40,
    correlation: 0.8,
    informationWeight: 0.1,
    valueAwaitsTermination: true,
  },
  // survival is the reward: fresh values matter, and small differences between plans
  cartpole: {
    members: 3,
    horizon: 30,
    temperature: 0.02,
    simulatesNoise: false,
    exploration: "greedy",
    updates: 4,
    imagination: 4,
    lessons: 1000,
    valueRate: 0.1,
  },
};
