// Runtimes that are a process: the program's last line is the result.
import { HOSTS } from "../hosts/hosts.ts";
import { getHost, versionOf } from "../hosts/install.ts";
import { outputOf } from "../hosts/processes.ts";

/** Runs a program in a folder; the last line of what it writes, as JSON. */
export async function resultOf(program, words, folder) {
  return JSON.parse((await outputOf(program, words, { folder })).split("\n").at(-1));
}

/** A target that runs a file as a process. */
export function processTarget(host, file, options) {
  return {
    name: host.replace("node", "node "),
    how: "import",
    ...options,
    async run(folder) {
      const program = await getHost(host);
      const result = await resultOf(program, [...HOSTS[host].words, file], folder);
      return { version: await versionOf(program), result };
    },
  };
}
