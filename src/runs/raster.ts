/** What turns drawings into pixels; nobody has to install it who wants none. */
const PACKAGE = "@resvg/resvg-js";
/** Pixels a unit of a drawing: what screens of high density show. */
const SCALE = 2;

/** The package, as far as it is called. */
export interface Rasteriser {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
}

/**
 * The bytes of a PNG file: a drawing in light colours, at twice its size, with the fonts of this machine.
 *
 * @param load the package
 * @throws Error with what to install when there is no rasteriser
 */
export async function pngOf(svg: string, load = installed): Promise<Uint8Array> {
  const { Resvg } = await load().catch(refuse);
  return new Resvg(svg, { fitTo: { mode: "zoom", value: SCALE } }).render().asPng();
}

async function installed(): Promise<Rasteriser> {
  // not a literal: bundlers would look for what most do not have
  const name: string = PACKAGE;
  const { default: rasteriser } = await import(name);
  return rasteriser;
}

function refuse(cause: NodeJS.ErrnoException): never {
  const got = cause.code === "ERR_MODULE_NOT_FOUND" ? "none" : cause.message;
  throw new Error(`--out: expected ${PACKAGE} for a .png (npm install ${PACKAGE}), got ${got}`, { cause });
}
