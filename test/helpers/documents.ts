/** What the repository's documents hold: the examples of the public doc-comments, and the code of the guide's pages. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A documented symbol and the program in its `@example`, if it has one. */
export interface Documented {
  /** `createAgent`, or `Agent.act` for a member. */
  readonly name: string;
  readonly comment: string;
  readonly example: string | undefined;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");

/** The names that entries of the package export, and the file of each. */
export function publicNames(
  entries: readonly string[] = [
    ...[
      "index",
      "environments",
      "gymnasium",
      "logs",
      "mujoco",
      "pomdp",
      "problems",
      "threads",
      "types",
      "worker",
    ],
  ],
): ReadonlyMap<string, string> {
  const lines = entries
    .map((entry) => read(`src/${entry}.ts`))
    .join("")
    .matchAll(/export (?:type )?\{([^}]*)\} from "\.\/([^"]+)"/g);
  return new Map(
    [...lines].flatMap(([, names, file]) =>
      names
        .split(",")
        .map((name) => name.trim().replace(/^type /, ""))
        .filter((name) => name !== "")
        .map((name) => [name, `src/${file}`] as const),
    ),
  );
}

const BLOCK =
  /^([ ]*)\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n\1(?:(export) (?:async )?(?:function\*?|const|interface|type|class) (\w+)|(?:readonly )?(\w+)[<?(:])/gm;

/** Every documented public symbol and its documented members. */
export function documentedSymbols(): readonly Documented[] {
  const names = publicNames();
  return [...new Set(names.values())].flatMap((file) => {
    let owner = "";
    return [...read(file).matchAll(BLOCK)].flatMap(([, indent, text, , symbol, member]) => {
      if (indent === "") owner = symbol ?? "";
      const name = indent === "" ? owner : `${owner}.${member}`;
      if (names.get(owner) !== file || (indent !== "" && member === undefined)) return [];
      const comment = text.replaceAll(/^[ ]*\* ?/gm, "").trim();
      const [, example] = comment.match(/@example\n([\s\S]*)$/) ?? [];
      return [{ name, comment, example }];
    });
  });
}

/** The pages of the guide by their names, each with the program that its blocks of code make. */
export function guidePages(): ReadonlyMap<string, { readonly text: string; readonly program: string }> {
  const pages = readdirSync(`${root}docs/guide`).filter((file) => file.endsWith(".md"));
  return new Map(
    pages.sort().map((file) => {
      const text = read(`docs/guide/${file}`);
      const blocks = [...text.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
      return [file, { text, program: blocks.join("\n") }] as const;
    }),
  );
}

/** Every block of code of the README, by its place: each stands alone. */
export function readmePrograms(): readonly string[] {
  return [...read("README.md").matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
}
