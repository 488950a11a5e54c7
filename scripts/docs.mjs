// Draws docs/architecture.svg from the imports, and writes the API's reference to docs/api from the doc-comments. TypeDoc and the
// compiler it reads with have a folder of their own.
import { execFileSync } from "node:child_process";
import "./house/run.ts";

const run = (...args) => execFileSync(args[0], args.slice(1), { stdio: "inherit" });

run("npm", "ci", "--prefix", "scripts/docs", "--no-audit", "--no-fund", "--silent");
run(
  process.execPath,
  "scripts/docs/node_modules/typedoc/bin/typedoc",
  "--options",
  "scripts/docs/typedoc.json",
);
