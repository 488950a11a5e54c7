import { axisX, axisY, gridY, type Markish, plot, type ScaleOptions, text } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { svgPage } from "./page.ts";
import { colours } from "./palette.ts";

/** The words above a drawing. */
export interface Heading {
  readonly title: string;
  readonly subtitle: string;
}

/** What is drawn into a frame, and how its axes are called. */
export interface Frame {
  readonly heading: Heading;
  /** One coloured entry each; none for no legend. */
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: ScaleOptions;
  /** What the x axis says, and where. Default: about six round numbers. */
  readonly ticks?: readonly { readonly at: number; readonly label: string }[];
  readonly marks: readonly Markish[];
}

const WIDTH = 760;
const HEIGHT = 440;
/** Where the words and the frame begin, from the left. */
const EDGE = 28;
const FRAME = 80;

/** The text of an SVG file: marks between two axes, below a heading and a legend. */
export function drawFrame(frame: Frame): string {
  const { heading, legend, x, marks } = frame;
  const { document } = parseHTML("<html><body></body></html>");
  const svg = plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    marginTop: legend.length > 0 ? 150 : 122,
    marginRight: EDGE,
    marginBottom: 68,
    marginLeft: FRAME,
    x,
    y: { nice: true },
    marks: [...axes(frame), ...marks],
  });
  svg.querySelector("style")?.remove();
  return svgPage({ ...heading, width: WIDTH, height: HEIGHT, left: EDGE, legend, drawing: svg.innerHTML });
}

function axes({ xLabel, yLabel, ticks }: Frame): Markish[] {
  const common = { fill: colours.faded, fontSize: 12, label: null, tickSize: 0, tickPadding: 10, ticks: 6 };
  const label = { fill: colours.faded, fontSize: 12, fontStyle: "italic" } as const;
  const labels = new Map(ticks?.map(({ at, label }) => [at, label]));
  const named = ticks && { ticks: [...labels.keys()], tickFormat: (at: number) => labels.get(at) };
  return [
    gridY({ stroke: colours.grid, strokeOpacity: 1, ticks: 6 }),
    axisY(common),
    axisX({ ...common, ...named }),
    text([yLabel], { ...label, frameAnchor: "top-left", dx: EDGE - FRAME, dy: -26 }),
    text([xLabel], { ...label, frameAnchor: "bottom-right", dy: 44 }),
  ];
}
