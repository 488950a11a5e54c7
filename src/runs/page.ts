import { colours, darkStyle } from "./palette.ts";
import { printable } from "./printable.ts";

/** A drawing and the words around it. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** Where the words begin, from the left. */
  readonly left: number;
  readonly title: string;
  readonly subtitle: string;
  /** One coloured entry each; none for no legend. */
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  /** SVG elements. */
  readonly drawing: string;
}

const FONT = "ui-sans-serif,system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif";

/** The text of an SVG file: a drawing on a card that follows the reader's light or dark setting. */
export function svgPage({ width, height, left, title, subtitle, legend, drawing }: Page): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" aria-label="${escaped(`${title}. ${subtitle}`)}" font-family="${FONT}">`,
    `<style>${darkStyle()}</style>`,
    `<rect width="${width}" height="${height}" rx="10" fill="${colours.page}"/>`,
    `<text x="${left}" y="44" font-size="19" font-weight="600" fill="${colours.ink}">${escaped(title)}</text>`,
    `<text x="${left}" y="67" font-size="13" fill="${colours.faded}">${escaped(subtitle)}</text>`,
    legendText(legend, left),
    `<g fill="${colours.ink}" text-anchor="middle">${drawing}</g>`,
    "</svg>\n",
  ].join("");
}

function legendText(legend: Page["legend"], left: number): string {
  if (legend.length === 0) return "";
  const entries = legend.map(
    ({ label, colour }, index) =>
      `<tspan${index > 0 ? ' dx="22"' : ""} fill="${colour}" font-weight="700">━</tspan>` +
      `<tspan dx="6" fill="${colours.ink}">${escaped(label)}</tspan>`,
  );
  return `<text x="${left}" y="92" font-size="13">${entries.join("")}</text>`;
}

function escaped(words: string): string {
  return printable(words)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
