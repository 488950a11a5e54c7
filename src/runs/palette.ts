/** A colour on a light page and its counterpart on a dark one. */
interface Tone {
  readonly light: string;
  readonly dark: string;
}

const tones = {
  page: { light: "#fdfdfc", dark: "#12161c" },
  ink: { light: "#1d2229", dark: "#e8ebef" },
  faded: { light: "#5c6672", dark: "#98a2ae" },
  grid: { light: "#e7e8ea", dark: "#262c35" },
} as const satisfies Record<string, Tone>;

const lines: readonly Tone[] = [
  { light: "#0f62a8", dark: "#62b0f5" },
  { light: "#b4500b", dark: "#f0985a" },
  { light: "#27794a", dark: "#5fc48a" },
  { light: "#8a3fa0", dark: "#cf93e3" },
  { light: "#a3304f", dark: "#f08aa4" },
  { light: "#6b6514", dark: "#cdc55c" },
];

/** The colours of a drawing as they are written into it: those of a light page. */
export const colours = {
  page: tones.page.light,
  ink: tones.ink.light,
  faded: tones.faded.light,
  grid: tones.grid.light,
};

/** The colour of the i-th line; they repeat after six. */
export function lineColour(index: number): string {
  return lines[index % lines.length].light;
}

/** The style sheet that turns every colour of {@link colours} into its counterpart on a dark page. */
export function darkStyle(): string {
  const rules = [...Object.values(tones), ...lines].flatMap(({ light, dark }) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  return `@media (prefers-color-scheme:dark){${rules.join("")}}`;
}
