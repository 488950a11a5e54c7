/** docs/architecture.md leads through files and functions that are there, and the picture shows the house as it is. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { drawHouse } from "../../scripts/house/draw.ts";
import { readSources } from "../../scripts/house/sources.ts";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const page = readFileSync(`${docs}architecture.md`, "utf8");

/** The files behind the links of a text; those of a folder for a folder. */
function linked(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)#]+)\)/g)].flatMap(([, link]) => {
    const path = `${docs}${link}`;
    if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
    return readdirSync(path).map((file) => `${path}/${file}`);
  });
}

test("every link leads to a file", () => {
  const files = linked(page);
  assert.ok(files.length > 30, `${files.length} links`);
  assert.equal(
    files.filter((file) => !existsSync(file)),
    [],
  );
});

test("every function of a walk is in a file that its step links to, or one before it", () => {
  const walks = page.split(/^## /m).filter((part) => part.startsWith("`agent."));
  assert.is(walks.length, 2);
  for (const walk of walks) {
    const code = linked(walk)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const names = [...walk.matchAll(/`(\w+)\(\)`/g)].map(([, name]) => name);
    assert.ok(names.length > 8, `${names.length} names`);
    assert.equal(
      names.filter((name) => !new RegExp(`(function\\*? |const |\\n {2,}|readonly )${name}\\b`).test(code)),
      [],
    );
  }
});

test("the page has at most two pages", () => {
  assert.ok(page.split("\n").length <= 110, `${page.split("\n").length} lines`);
});

/** Rooms and arrows of a drawing, without their numbers. */
function structureOf(drawing: string) {
  const titles = [...drawing.matchAll(/<title>(.*?): \d+<\/title>/g)].map(([, title]) => title);
  const rooms = [...drawing.matchAll(/font-size="13" font-weight="600"[^>]*>(\w+)</g)].map(
    ([, room]) => room,
  );
  return { titles, rooms };
}

test("the picture has the rooms and arrows of the sources: npm run docs:house draws it", () => {
  const structure = structureOf(drawHouse(readSources("src", "assembly")));
  assert.ok(structure.rooms.length > 15 && structure.titles.length > 40);
  assert.equal(structureOf(readFileSync(`${docs}architecture.svg`, "utf8")), structure);
});

test.run();
