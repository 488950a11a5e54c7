/** The part of asciichart that is used; the package brings no types. */
declare module "asciichart" {
  interface Config {
    readonly height?: number;
    readonly offset?: number;
    readonly format?: (value: number) => string;
    readonly colors?: readonly string[];
  }
  const asciichart: {
    readonly cyan: string;
    plot(series: readonly number[], config?: Config): string;
  };
  export = asciichart;
}
