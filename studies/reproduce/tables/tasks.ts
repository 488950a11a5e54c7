import { cryingBaby, rockSample, tag, tiger, tMaze } from "../../../src/problems.ts";
import type { KnownModel } from "../../../src/types.ts";

/** A problem of tables, and how long it is solved. */
export interface Task {
  /** Whether it is read from a file. */
  readonly isFile: boolean;
  model(): Exclude<KnownModel, { readonly kind: "linearGaussian" }>;
  /** γ. */
  readonly discount: number;
  readonly iterations: number;
}

/** The problems by their names. */
export function tasksOf(read: (name: string) => ReturnType<Task["model"]>): Readonly<Record<string, Task>> {
  const file = (name: string, iterations: number): Task => ({
    ...{ isFile: true, discount: 0.95, iterations },
    model: () => read(name),
  });
  const own = (model: Task["model"], discount: number, iterations = 200): Task => ({
    ...{ isFile: false, model, discount, iterations },
  });
  return {
    Tiger: own(tiger, 0.95),
    "crying baby": own(cryingBaby, 0.9),
    "T-maze": own(tMaze, 0.95),
    Tag: own(tag, 0.95, 100),
    "RockSample(7, 8)": own(rockSample, 0.95, 250),
    "Tiger.pomdp": file("Tiger.pomdp", 200),
    "Hallway.pomdp": file("Hallway.pomdp", 60),
    "Hallway2.pomdp": file("Hallway2.pomdp", 24),
    "TagAvoid.pomdp": file("TagAvoid.pomdp", 100),
  };
}
