/** The table of the README: medians of each world of the suite's ten, in a line. */
import { references } from "../../worlds/reference.ts";
import { meanOf } from "../../worlds/world.ts";
import type { Line, Look } from "../suite/trial.ts";
import { figure, quantile } from "../table.ts";

/** What kind of world each is, in the order of the table. */
const WORLDS: Readonly<Record<string, string>> = {
  pendulum: "pendulum (dense)",
  cartpole: "cartpole (ends)",
  "mountain-car-continuous": "mountain-car-continuous (a sparse goal)",
  arm: "arm of two joints (dense)",
  chase: "chase (dense, a moving goal)",
  resonance: "resonance of a spring (sparse)",
  rooms: "two rooms and a switch (sparse)",
  keys: "key and door (sparse)",
  catch: "catch (a game)",
  stock: "stock keeping (random demand)",
};
const [EARLY, LATE] = [500, 1000];

/** Medians over the seeds of each seed's mean return on the starts. */
export function shortTable(lines: readonly Line[]): string {
  const rows = Object.entries(WORLDS).map(([world, words]) => {
    const own = lines.filter((line) => line.world === world);
    const returnOf = (steps: number, policy: "planner" | "habit") => {
      const looks = own.flatMap((line): Look[] => line.looks.filter((look) => look.steps === steps));
      return figure(
        quantile(
          looks.map((look) => meanOf(look[policy])),
          0.5,
        ),
      );
    };
    const { random, means, source } = references[world];
    return [
      words,
      ...[figure(random), returnOf(EARLY, "planner"), returnOf(LATE, "planner")],
      ...[returnOf(LATE, "habit"), figure(means[source] ?? Number.NaN)],
    ];
  });
  const head = ["world", "random", "500 steps", "1,000 steps", "habit, 1,000", "reference"];
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
