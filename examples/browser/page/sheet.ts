/** A canvas at the resolution of the device, and the inks of the theme. */

export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The canvas, cleared, sized to where it lies; undefined while it is not shown. */
export function clearSheet(canvas: HTMLCanvasElement): Sheet | undefined {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0 || height === 0) return undefined;
  const ratio = Math.min(globalThis.devicePixelRatio || 1, 3);
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.lineCap = "round";
  context.lineJoin = "round";
  return { canvas, context, width, height };
}

const INKS = ["ink", "soft", "line", "accent", "paper", "reward", "information", "state", "action"] as const;

/** Colours by name, as the style sheet sets them for light and dark. */
export type Inks = Readonly<Record<(typeof INKS)[number], string>>;

export function readInks(): Inks {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(INKS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Inks;
}

/** Small print on a canvas. */
export function write(
  { context }: Sheet,
  text: string,
  [x, y]: Point,
  {
    ink,
    align = "left",
    size = 11,
  }: { readonly ink: string; readonly align?: CanvasTextAlign; readonly size?: number },
): void {
  context.font = `${size}px ${getComputedStyle(document.documentElement).getPropertyValue("--mono")}`;
  context.fillStyle = ink;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

export type Point = readonly [x: number, y: number];

/** A line through points. */
export function trace({ context }: Sheet, points: Iterable<Point>, ink: string, width: number): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.strokeStyle = ink;
  context.lineWidth = width;
  context.stroke();
}

export function disc({ context }: Sheet, [x, y]: Point, radius: number, ink: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = ink;
  context.fill();
}

export function ring({ context }: Sheet, [x, y]: Point, radius: number, ink: string, width = 1): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = ink;
  context.lineWidth = width;
  context.stroke();
}
