// Runs every example as a user would, against the built package, and looks for what each promises to print; stops at the
// first that fails.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

/** Lines that an example's output holds; figures in the range that the example is about. */
const PROMISES = {
  "discrete-actions.ts": [
    /^before: the pole stands for \d\d steps$/m,
    /^after: it stands for (4\d\d|500) of at most 500 steps$/m,
    /^a pole that falls to the right is pushed right$/m,
  ],
  "habit-export.ts": [
    /^the agent takes \d+ kB, its habit \d\d kB$/m,
    /^five episodes by habit: -[1-3]\d\d on average$/m,
    /^ +4\.8 s {2}·{17,22}o·{17,23}$/m,
    /^0 of 100 actions differ from the agent's; \d+\.\d µs an action$/m,
  ],
  "own-environment.ts": [
    /^the room is a sound environment$/m,
    /^day 1: -\d{3}\.\d$/m,
    /^ten days with what was learned: -\d{2}\.\d on average$/m,
    /^minute 25: (19|20)\.\d degrees$/m,
  ],
  "own-model.ts": [
    /^ *\d+ {2}█+·* {2}repair/m,
    /^ *1\d\d {2}by planning from the belief$/m,
    /^ *-\d+ {2}without a repair$/m,
  ],
  "particle-filter.ts": [
    /^ +0 +2\.00, 4\.00 /m,
    /^ +19 +7\.70, 3\.95 +7\.\d\d ± 0\.\d\d, [34]\.\d\d ± 0\.\d\d +\d/m,
  ],
  "quick-start.ts": [
    /^1000 steps: return -?\d+\.\d$/m,
    /^planning: -1\d\d\.\d, \d+ µs an action$/m,
    /^habit: +-[12]\d\d\.\d, \d+\.\d µs an action$/m,
  ],
  "sensor-placement.ts": [
    /^km 4 +0\.9\d\d ± 0\.\d{3} +\[0\.9\d\d, 0\.9\d\d\] .*█{12}$/m,
    /^km 4 first \(matched moments would say km 3\), then km 7$/m,
  ],
};

const examples = readdirSync("examples").filter((file) => file.endsWith(".ts"));
for (const file of examples) {
  console.log(`\n${file}`);
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", `examples/${file}`], {
    encoding: "utf8",
    stdio: ["inherit", "pipe", "inherit"],
  });
  process.stdout.write(stdout);
  if (status !== 0) fail(`examples/${file}: expected exit code 0, got ${status}`);
  if (!(file in PROMISES)) fail(`examples/${file}: expected a promise of what it prints, got none`);
  for (const promise of PROMISES[file])
    if (!promise.test(stdout)) fail(`examples/${file}: expected a line like ${promise}, got none`);
}
console.log(`\n${examples.length} examples ran and printed what they promise`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
