// Packs what is built and installs it into a temporary folder, as a user would: scripts and all.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { npmInstall } from "../hosts/packages.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The tarball's path. Its `prepack` would build once more: what is built is packed. */
export function pack(folder) {
  if (!existsSync("dist/index.js"))
    throw new Error("dist: expected a built tree, got none; run npm run build");
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(execFileSync("npm", words, { encoding: "utf8", stdio: "pipe" }));
  return resolve(folder, filename);
}

/** A new folder with the package installed and the programs beside it. */
export async function installAsUser() {
  const folder = mkdtempSync(join(tmpdir(), "generative-agent-"));
  const dependencies = { "generative-agent": `file:${basename(pack(folder))}` };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies }),
  );
  await npmInstall(folder, []);
  for (const file of ["program.mjs", "main.mjs", "threads.mjs", "worker.mjs"])
    copyFileSync(join(here, file), join(folder, file));
  return folder;
}
