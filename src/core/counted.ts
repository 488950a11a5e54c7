/** What stands for an array where bytes are counted: a length, and no memory. */
export class Counted {
  constructor(
    readonly length: number,
    readonly isView = false,
  ) {}
  fill(): this {
    return this;
  }
  set(): void {}
  subarray(from = 0, to = this.length): Counted {
    const at = (place: number) => Math.min(this.length, place < 0 ? Math.max(0, this.length + place) : place);
    return new Counted(Math.max(0, at(to) - at(from)), true);
  }
}
