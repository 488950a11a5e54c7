/** The parts of the optional peers that are used. */
declare module "hyparquet" {
  export function parquetReadObjects(options: { file: ArrayBuffer }): Promise<Record<string, unknown>[]>;
}
declare module "jsfive" {
  export const File: new (buffer: ArrayBuffer, name?: string) => import("./minari.ts").Group;
}
