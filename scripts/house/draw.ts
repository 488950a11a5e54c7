/** Draws the house for docs/architecture.svg: folders as rooms, the highest first, and imports as arrows. */
import { svgPage } from "../../src/runs/page.ts";
import { colours, lineColour } from "../../src/runs/palette.ts";
import { ASSEMBLY, SOURCE } from "./layers.ts";
import { type Import, importsOf, type Sources } from "./sources.ts";

/** A folder, or the files that stand in none. */
export interface Room {
  readonly name: string;
  /** Names of the folders within. */
  readonly folders: readonly string[];
  readonly files: number;
  readonly lines: number;
}

/** The imports of one room from another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Rooms, each above those that it imports, and the arrows between them. */
export interface Storey {
  readonly rooms: readonly Room[];
  readonly arrows: readonly Arrow[];
}

/** Files of the root of `src`: what the package offers. */
const ENTRIES = "entries";

/** The storey of a tree, `src` or `assembly`; rooms that may change places stand in the order of `layers`, from the lowest. */
export function storeyOf(sources: Sources, tree: string, layers: readonly string[]): Storey {
  const own = new Map([...sources].filter(([path]) => path.startsWith(`${tree}/`) && path !== KERNELS));
  const names = new Set([...own.keys()].map((path) => roomOf(path)));
  const arrows = arrowsOf(importsOf(own).filter(({ to }) => own.has(to)));
  const rooms = [...names].map((name) => {
    const files = [...own].filter(([path]) => roomOf(path) === name);
    const lines = files.reduce((sum, [, text]) => sum + text.trimEnd().split("\n").length, 0);
    const within = files.map(([path]) => path.split("/").slice(2, -1)).flatMap(([folder]) => folder ?? []);
    return { name, folders: [...new Set(within)].sort(), files: files.length, lines };
  });
  return { rooms: fromTheTop(rooms, arrows, layers), arrows };
}

/** The list of all kernels: a door to every room of `assembly`. */
const KERNELS = "assembly/index.ts";

/** `src/core/math.ts` → `core`; `src/index.ts` → the entries; `assembly/memory.ts` → `memory`. */
function roomOf(path: string): string {
  const [tree, name, ...rest] = path.split("/");
  if (rest.length > 0) return name;
  return tree === "src" ? ENTRIES : name.replace(/\.ts$/, "");
}

function arrowsOf(imports: readonly Import[]): readonly Arrow[] {
  const counts = new Map<string, number>();
  for (const { from, to } of imports) {
    const key = `${roomOf(from)} ${roomOf(to)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ from: key.split(" ")[0], to: key.split(" ")[1], count }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`, "en"));
}

/** Sorted so that every arrow points down; of rooms that could be next, the last one of `layers`. */
function fromTheTop(
  rooms: readonly Room[],
  arrows: readonly Arrow[],
  layers: readonly string[],
): readonly Room[] {
  const placeOf = ({ name }: Room) => (layers.includes(name) ? layers.indexOf(name) : layers.length);
  const waiting = [...rooms].sort((a, b) => placeOf(b) - placeOf(a) || a.name.localeCompare(b.name, "en"));
  const sorted: Room[] = [];
  while (waiting.length > 0) {
    const isFree = ({ name }: Room) =>
      !arrows.some(({ from, to }) => to === name && waiting.some((room) => room.name === from));
    const next = waiting.findIndex(isFree);
    if (next < 0)
      throw new Error(`rooms: expected no ring, got ${waiting.map(({ name }) => name).join(", ")}`);
    sorted.push(...waiting.splice(next, 1));
  }
  return sorted;
}

const WIDTH = 976;
const TOP = 116;
const ROOM = { width: 236, height: 38, gap: 10 };
const LEFT = { src: 28, assembly: 516 };
/** How far the longest arrow of a storey runs to the right. */
const REACH = 186;

/** The drawing as the text of an SVG file; equal sources give equal bytes. */
export function drawHouse(sources: Sources): string {
  const storeys = {
    src: storeyOf(sources, "src", SOURCE),
    assembly: storeyOf(sources, "assembly", ASSEMBLY),
  };
  const count = Math.max(storeys.src.rooms.length, storeys.assembly.rooms.length);
  const parts = (["src", "assembly"] as const).flatMap((tree) => [
    text(LEFT[tree], TOP - 12, `${tree}/: ${sumOf(storeys[tree].rooms)}`, { fill: colours.faded }),
    ...drawStorey(storeys[tree], LEFT[tree]),
  ]);
  return svgPage({
    width: WIDTH,
    height: TOP + count * (ROOM.height + ROOM.gap) + 16,
    left: LEFT.src,
    title: "Rooms are folders, arrows are imports",
    subtitle:
      "Each room stands above those that it imports. The kernels of assembly/ are called by src/core.",
    legend: [],
    drawing: `<g text-anchor="start">\n${parts.join("\n")}\n</g>`,
  });
}

function drawStorey({ rooms, arrows }: Storey, left: number): readonly string[] {
  const names = rooms.map(({ name }) => name);
  const placed = arrows.map((arrow) => {
    const [from, to] = [names.indexOf(arrow.from), names.indexOf(arrow.to)];
    return { ...arrow, top: from, span: to - from };
  });
  const portOf = (index: number, isOut: boolean, arrow: (typeof placed)[number]) => {
    // arrows of a room leave below those that arrive; long ones run around short ones
    const own = placed.filter(({ top, span }) => (isOut ? top : top + span) === index);
    const sorted = own.sort((a, b) => (isOut ? b.span - a.span : a.span - b.span));
    const share = (sorted.indexOf(arrow) + 0.5) / sorted.length;
    return yOf(index) + ROOM.height * (isOut ? 0.55 + 0.4 * share : 0.05 + 0.4 * share);
  };
  const longest = Math.max(...placed.map(({ span }) => span));
  const lines = placed.map((arrow) => {
    const end = portOf(arrow.top + arrow.span, false, arrow);
    const start = [left + ROOM.width, portOf(arrow.top, true, arrow)] as const;
    return drawArrow(arrow, start, end, { span: arrow.span, reach: (REACH * arrow.span) / longest });
  });
  return [...lines, ...rooms.map((room, index) => drawRoom(room, left, yOf(index)))];
}

const yOf = (index: number) => TOP + index * (ROOM.height + ROOM.gap);

function drawRoom({ name, folders, files, lines }: Room, x: number, y: number): string {
  const box = `<rect x="${x}" y="${y}" width="${ROOM.width}" height="${ROOM.height}" rx="5" fill="${colours.grid}"/>`;
  const within = folders.length > 0 ? text(x + 112, y + 16, folders.join(" "), { fill: colours.faded }) : "";
  const title = text(x + 10, y + 16, name, { size: 13, isBold: true });
  return `<g>${box}${title}${within}${text(x + 10, y + 31, amountOf(files, lines), { fill: colours.faded })}</g>`;
}

function drawArrow(
  { from, to, count }: Arrow,
  [x, y]: readonly [number, number],
  end: number,
  { span, reach }: { readonly span: number; readonly reach: number },
): string {
  const colour = lineColour(span - 1);
  const bulge = round(reach / 0.75);
  const width = round(0.7 + 0.35 * Math.log2(count));
  const stroke = `stroke="${colour}" stroke-width="${width}" fill="none"`;
  const curve = `M${x} ${round(y)}C${x + bulge} ${round(y)} ${x + bulge} ${round(end)} ${x + 4} ${round(end)}`;
  const head = `M${x + 7} ${round(end - 3.5)}L${x + 1} ${round(end)}L${x + 7} ${round(end + 3.5)}Z`;
  const label = text(x + round(reach + 3), round((y + end) / 2 + 3), `${count}`, {
    size: 10,
    fill: colour,
  });
  const title = `<title>${from} → ${to}: ${count}</title>`;
  return `<g>${title}<path d="${curve}" ${stroke}/><path d="${head}" fill="${colour}"/>${label}</g>`;
}

interface Style {
  readonly size?: number;
  readonly fill?: string;
  readonly isBold?: boolean;
}

function text(x: number, y: number, words: string, { size = 11, fill = colours.ink, isBold }: Style): string {
  const weight = isBold ? ' font-weight="600"' : "";
  return `<text x="${x}" y="${y}" font-size="${size}"${weight} fill="${fill}">${words}</text>`;
}

function sumOf(rooms: readonly Room[]): string {
  const sum = (of: (room: Room) => number) => rooms.reduce((total, room) => total + of(room), 0);
  return amountOf(
    sum(({ files }) => files),
    sum(({ lines }) => lines),
  );
}

const amountOf = (files: number, lines: number) =>
  `${files} ${files === 1 ? "file" : "files"}, ${lines.toLocaleString("en")} lines`;

const round = (value: number) => Math.round(10 * value) / 10;
