/** The table: a row a case, empty until it is measured. */
import type { Group } from "../../bench/pairs.ts";
import { type Measurement, timeOf } from "../../src/bench/measure.ts";
import type { Listed } from "./protocol.ts";

const TITLES: Readonly<Record<Group, string>> = {
  networks: "Networks",
  plans: "Plans",
  functions: "Functions of one variable",
  draws: "Random numbers",
  particles: "Particles",
};
/** Ratio to plain TypeScript that fills its bar. */
const LONGEST = 12;
const EMPTY = "–";

/** Lists the cases under the titles of their groups. */
export function listWorks(table: HTMLTableElement, works: readonly Listed[]): void {
  for (const body of [...table.tBodies]) body.remove();
  for (const group of new Set(works.map((work) => work.group))) {
    const body = table.createTBody();
    body.append(titleRow(TITLES[group]));
    for (const { name } of works.filter((work) => work.group === group)) body.append(rowOf(name));
  }
}

/** Shows the rows that are wanted, and the titles above them. */
export function showRows(table: HTMLTableElement, isWanted: (name: string) => boolean): void {
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter(({ dataset }) => dataset.work !== undefined);
    for (const row of rows) row.hidden = !isWanted(row.dataset.work ?? "");
    body.hidden = rows.every(({ hidden }) => hidden);
  }
}

/** Empties the rows of these cases. */
export function emptyRows(table: HTMLTableElement, names: readonly string[]): void {
  for (const name of names) rowIn(table, name)?.replaceWith(rowOf(name));
}

/** Marks the case that is under way. */
export function markRow(table: HTMLTableElement, name: string | undefined): void {
  for (const row of table.querySelectorAll<HTMLElement>("[aria-current]"))
    row.removeAttribute("aria-current");
  if (name !== undefined) rowIn(table, name)?.setAttribute("aria-current", "step");
}

export function fillRow(table: HTMLTableElement, measurement: Measurement): void {
  const { work, p50, gigaflops, peakShare, plainRatio } = measurement;
  const cells = rowIn(table, work)?.cells;
  if (!cells) return;
  cells[1].textContent = timeOf(p50);
  if (gigaflops !== undefined) cells[2].textContent = gigaflops.toPrecision(3);
  if (peakShare !== undefined)
    cells[3].replaceChildren(bar("peak", peakShare, `${(100 * peakShare).toFixed(0)} %`));
  if (plainRatio !== undefined)
    cells[4].replaceChildren(
      bar("ratio", plainRatio / LONGEST, `× ${plainRatio.toPrecision(plainRatio < 1 ? 2 : 3)}`),
    );
}

/** What a case is called, and the sizes after it. */
export function partsOf(name: string): readonly [kind: string, sizes: string] {
  const [kind, ...sizes] = name.split("  ");
  return [kind, sizes.join(" ")];
}

function rowIn(table: HTMLTableElement, name: string): HTMLTableRowElement | null {
  return table.querySelector(`[data-work="${CSS.escape(name)}"]`);
}

function titleRow(title: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  const head = Object.assign(document.createElement("th"), {
    textContent: title,
    colSpan: 5,
    scope: "rowgroup",
  });
  row.className = "group";
  row.append(head);
  return row;
}

function rowOf(name: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.dataset.work = name;
  const head = Object.assign(document.createElement("th"), { scope: "row" });
  const [kind, sizes] = partsOf(name);
  head.append(kind, " ", Object.assign(document.createElement("small"), { textContent: sizes }));
  const cells = ["time", "rate", "share", "times"].map((kind) =>
    Object.assign(document.createElement("td"), { className: kind, textContent: EMPTY }),
  );
  row.append(head, ...cells);
  return row;
}

/** A figure above a bar. */
function bar(kind: "peak" | "ratio", share: number, text: string): HTMLElement {
  const cell = document.createElement("span");
  cell.className = `bar ${kind}`;
  cell.style.setProperty("--share", String(Math.min(share, 1)));
  cell.textContent = text;
  return cell;
}
