/** What stands for an array where bytes are counted: a length and a type, and no memory. */
export class Counted {
  constructor(
    readonly length: number,
    /** Of the array that it stands for. */
    readonly type: Float32ArrayConstructor | Uint32ArrayConstructor = Float32Array,
    readonly isView = false,
  ) {}
  fill(): this {
    return this;
  }
  set(): void {}
  subarray(from = 0, to = this.length): Counted {
    const at = (place: number) => Math.min(this.length, place < 0 ? Math.max(0, this.length + place) : place);
    return new Counted(Math.max(0, at(to) - at(from)), this.type, true);
  }
}
