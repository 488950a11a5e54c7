/** Finds the program of a host, or installs it below `build/hosts`; nothing of the system changes. */
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { extractPackage, installedVersion } from "./debian.ts";
import { HOSTS, type Host, type HostName } from "./hosts.ts";
import { getPackages } from "./packages.ts";
import { outputOf, type Program } from "./processes.ts";

const PLATFORM = `${process.platform}-${process.arch}`;

/** Why a host cannot be had on this machine: nobody's fault. */
export class MissingHost extends Error {}

/** The program of a host: this Node, the system's own, or one that is installed now. @throws MissingHost with the reason */
export async function getHost(name: HostName): Promise<Program> {
  const { npm, debian, programs = [] }: Host = HOSTS[name];
  const path = findHost(name);
  if (path !== undefined) {
    const version =
      debian && programs[0] && path.endsWith(`/${programs[0]}`) && (await installedVersion(debian));
    return { path, environment: {}, ...(version && { version }) };
  }
  if (PLATFORM !== "linux-x64") throw new MissingHost(`packages are for linux-x64, this is ${PLATFORM}`);
  try {
    if (npm) return await fromNpm(name, npm);
    if (debian) return await extractPackage(name, debian, programs[0]);
  } catch (error) {
    throw new MissingHost((error as Error).message);
  }
  throw new MissingHost(`${name}: expected a package, got none`);
}

/** The path of a host's program where it needs no installation: this Node, or a program of the system. */
export function findHost(name: HostName): string | undefined {
  if (name === `node${process.versions.node.split(".")[0]}`) return process.execPath;
  const { programs = [] }: Host = HOSTS[name];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const pathsOf = (program: string) =>
    isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
  return programs.flatMap(pathsOf).find(existsSync);
}

/** What a program or its package says of its version. */
export async function versionOf(program: Program): Promise<string> {
  if (program.version !== undefined) return program.version.split("-")[0];
  return (await outputOf(program, ["--version"], { patience: 20_000 })).match(/\d[\w.-]*/)?.[0] ?? "–";
}

async function fromNpm(name: HostName, [spec, path]: readonly [string, string]): Promise<Program> {
  const folder = await getPackages(name, { host: spec });
  return { path: join(folder, "node_modules/host", path), environment: {} };
}
