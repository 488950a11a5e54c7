/** Brings engines into a folder of the repository that git ignores; nothing of the system changes. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getRuntime } from "./packages.mjs";

/** A package of the npm registry, of the engine's own name in `scripts/runtimes/get.mjs`. */
export interface FromNpm {
  readonly kind: "npm";
}

/** A package of Debian; the system's own program is taken where it is installed. */
export interface FromDebian {
  readonly kind: "debian";
  readonly name: string;
  readonly program: string;
}

/** How to start a program. */
export interface Program {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The package's version, where the program itself may not tell. */
  readonly version?: string;
}

const ENGINES = fileURLToPath(new URL("../../.engines", import.meta.url));
const LIBRARIES = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib"];
const execute = promisify(execFile);

/** The program of an engine, installed when it is not there yet. @throws Error that says why it cannot be got */
export async function install(name: string, source: FromNpm | FromDebian): Promise<Program> {
  if (source.kind === "npm") return { path: await getRuntime(name), environment: {} };
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(`expected Linux on x64, got ${process.platform} on ${process.arch}`);
  return installDebian(name, source);
}

async function installDebian(name: string, { name: debian, program }: FromDebian): Promise<Program> {
  const system = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
  const installed = system.find(existsSync);
  if (installed) return { path: installed, environment: {}, version: await installedVersion(debian) };
  const folder = join(ENGINES, name);
  if (!existsSync(folder)) await extract(folder, debian).catch(removing(folder));
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((path) =>
    [`usr/bin/${program}`, `usr/lib/${program}/${program}`].includes(path),
  );
  if (!found) throw new Error(`expected ${program} in Debian's ${debian}, got none`);
  const libraries = LIBRARIES.map((path) => join(folder, path)).join(delimiter);
  const version = readFileSync(join(folder, "version"), "utf8");
  return { path: join(folder, found), environment: { LD_LIBRARY_PATH: libraries }, version };
}

/** Downloads a package and what it needs that the system lacks, with lists of its own, and unpacks them. */
async function extract(folder: string, debian: string): Promise<void> {
  const lists = join(ENGINES, "apt", "lists");
  const archives = join(folder, "archives");
  for (const path of [lists, archives]) mkdirSync(join(path, "partial"), { recursive: true });
  const own = [`Dir::State::lists=${lists}`, `Dir::Cache=${join(ENGINES, "apt")}`, "Debug::NoLocking=true"];
  const options = [...own, `Dir::Cache::archives=${archives}`].flatMap((option) => ["-o", option]);
  await told("apt-get", [...options, "update"]);
  const words = ["install", "--yes", "--no-install-recommends", "--download-only", debian];
  await told("apt-get", [...options, ...words]);
  const files = readdirSync(archives).filter((file) => file.endsWith(".deb"));
  for (const file of files) await told("dpkg-deb", ["-x", join(archives, file), folder]);
  const [archive] = files.filter((file) => file.startsWith(`${debian}_`));
  writeFileSync(join(folder, "version"), archive.split("_")[1]);
  rmSync(archives, { recursive: true });
}

async function installedVersion(debian: string): Promise<string> {
  const { stdout } = await execute("dpkg-query", ["-W", `-f=\${Version}`, debian]);
  return stdout;
}

function removing(folder: string): (error: unknown) => never {
  return (error) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  };
}

/** Runs a command; what it complains of becomes one line. */
async function told(command: string, words: readonly string[]): Promise<void> {
  try {
    await execute(command, words, { maxBuffer: 1 << 26 });
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const [line] = (stderr || message).split("\n").filter((text) => /\S/.test(text));
    throw new Error(`${command}: ${line.slice(0, 160)}`);
  }
}
