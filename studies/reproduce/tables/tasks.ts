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
  /** Best published value, with what reached it. */
  readonly published: string;
}

/** The problems by their names. */
export function tasksOf(read: (name: string) => ReturnType<Task["model"]>): Readonly<Record<string, Task>> {
  const file = (name: string, iterations: number, published: string): Task => ({
    ...{ isFile: true, discount: 0.95, iterations, published },
    model: () => read(name),
  });
  const own = (
    model: Task["model"],
    { discount = 0.95, iterations = 200, published }: Partial<Task> & Pick<Task, "published">,
  ): Task => ({ ...{ isFile: false, model, discount, iterations, published } });
  return {
    Tiger: own(tiger, { published: "19.371 exact" }),
    "crying baby": own(cryingBaby, { discount: 0.9, published: "−16.305 exact" }),
    "T-maze": own(tMaze, { published: "–" }),
    Tag: own(tag, { iterations: 100, published: "–" }),
    "RockSample(7, 8)": own(rockSample, { iterations: 250, published: "SARSOP 21.1" }),
    "Tiger.pomdp": file("Tiger.pomdp", 200, "19.371 exact"),
    "Hallway.pomdp": file("Hallway.pomdp", 60, "SARSOP .991 proved"),
    "Hallway2.pomdp": file("Hallway2.pomdp", 24, "SARSOP .353 proved"),
    "TagAvoid.pomdp": file("TagAvoid.pomdp", 100, "SARSOP −6.201 proved"),
  };
}
