/** The kernels of `assembly/latent`, as part of `Exports` in `kernels.ts`. */
export interface LatentExports {
  latentModelBytes(): number;
  chunkBytes(): number;
  chunkBound(chunk: number): void;
  lambdaReturns(
    target: number,
    known: number,
    values: number,
    chunk: number,
    discount: number,
    decay: number,
    informationWeight: number,
  ): void;
  maskTiles(d: number, mask: number, rows: number, tiles: number): void;
  separateSeen(
    observations: number,
    seen: number,
    whole: number,
    valid: number,
    rows: number,
    tiles: number,
  ): void;
  latentFilterBytes(): number;
  latentFilterStep(filter: number, next: number, logIncrements: number, previous: number): void;
}
