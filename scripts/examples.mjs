// Runs every example as a user would, against the built package; stops at the first that fails.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const examples = readdirSync("examples").filter((file) => file.endsWith(".ts"));
for (const file of examples) {
  console.log(`\n${file}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", `examples/${file}`], {
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(`examples/${file}: expected exit code 0, got ${status}`);
    process.exit(1);
  }
}
console.log(`\n${examples.length} examples ran`);
