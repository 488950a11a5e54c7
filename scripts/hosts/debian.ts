/** Programs of Debian's packages, unpacked beside the system. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { CACHE } from "./packages.ts";
import type { Program } from "./processes.ts";

const MULTIARCH = "usr/lib/x86_64-linux-gnu";
const LIBRARIES = [MULTIARCH, `${MULTIARCH}/pulseaudio`, "lib/x86_64-linux-gnu", "usr/lib"];
const run = promisify(execFile);

/** A package's program, downloaded when it is not there yet. @throws Error with the first line of what went wrong */
export async function extractPackage(name: string, debian: string, program: string): Promise<Program> {
  const folder = join(CACHE, name);
  if (!existsSync(folder)) await extract(folder, debian).catch(removing(folder));
  // the one in usr/bin may be a script that looks for its files in the system
  const places = [`usr/lib/${program}/${program}`, `usr/bin/${program}`];
  const found = places.find((path) => existsSync(join(folder, path)));
  if (!found) throw new Error(`expected ${program} in Debian's ${debian}, got none`);
  const libraries = LIBRARIES.map((path) => join(folder, path)).join(delimiter);
  const version = readFileSync(join(folder, "version"), "utf8");
  return { path: join(folder, found), environment: { LD_LIBRARY_PATH: libraries }, version };
}

/** The version of a package that the system has; undefined where it has none. */
export async function installedVersion(debian: string): Promise<string | undefined> {
  const words = ["-W", `-f=\${Version}`, debian];
  return run("dpkg-query", words).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}

/** Downloads a package and what it needs that the system lacks, with lists of its own, and unpacks them. */
async function extract(folder: string, debian: string): Promise<void> {
  const apt = join(CACHE, "apt");
  const lists = join(apt, "lists");
  const archives = join(folder, "archives");
  for (const path of [lists, archives]) mkdirSync(join(path, "partial"), { recursive: true });
  const own = [`Dir::State::lists=${lists}`, `Dir::Cache=${apt}`, "Debug::NoLocking=true"];
  const options = [...own, `Dir::Cache::archives=${archives}`].flatMap((option) => ["-o", option]);
  await runQuietly("apt-get", [...options, "update"]);
  const words = ["install", "--yes", "--no-install-recommends", "--download-only", debian];
  await runQuietly("apt-get", [...options, ...words]);
  const files = readdirSync(archives).filter((file) => file.endsWith(".deb"));
  for (const file of files) await runQuietly("dpkg-deb", ["-x", join(archives, file), folder]);
  const [archive] = files.filter((file) => file.startsWith(`${debian}_`));
  writeFileSync(join(folder, "version"), archive.split("_")[1]);
  rmSync(archives, { recursive: true });
}

function removing(folder: string): (error: unknown) => never {
  return (error) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  };
}

/** Runs a command; what it complains of becomes one line. */
async function runQuietly(command: string, words: readonly string[]): Promise<void> {
  try {
    await run(command, words, { maxBuffer: 1 << 26 });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const [line] = (stderr || message).split("\n").filter((text) => /\S/.test(text));
    throw new Error(`${command}: ${line.slice(0, 160)}`);
  }
}
