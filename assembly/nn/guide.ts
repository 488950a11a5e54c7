import { Floats, ROW, VEC, Words } from "../memory";
import { mlpPredict, mlpPredictColumns } from "./mlp";

/*
 * What guides plans, two networks on the features of a belief: the habit, which is the action prior p_a(a | z), and the
 * value V. Features are the first rows of a state, as many as the networks have inputs.
 */

/** What the guide's functions work on. */
@unmanaged
export class Guide {
  habitShape: Words;
  habitParameters: Floats;
  valueShape: Words;
  valueParameters: Floats;
  /** V = valueMean + valueStd · output. */
  valueMean: f32;
  valueStd: f32;
  /** The bounds that V is clamped to, where the upper one is greater. */
  valueLow: f32;
  valueHigh: f32;
  // workspaces, in rows of TILE
  /** 2 · pad4(widest layer). */
  hidden: Floats;
  /** The larger of the networks' outputs: pad4 of the logits of all groups, at least 4. */
  output: Floats;
}

/** The logits [Σ sizes][TILE] of the habit at the features of one tile; overwritten by the guide's next pass. */
export function habitLogits(guide: Guide, features: usize): usize {
  mlpPredict(guide.output, features, guide.hidden, guide.habitParameters, guide.habitShape, 1);
  return guide.output;
}

/** The same of some columns of a tile, as `mlpPredictColumns`, from byte `first` of a row on. @returns the logits of the entire tile */
export function habitLogitsOf(guide: Guide, features: usize, first: usize, columns: usize): usize {
  mlpPredictColumns(
    guide.output + first, features + first, guide.hidden + first, guide.habitParameters, guide.habitShape, columns,
  );
  return guide.output;
}

/** value[n] = valueMean + valueStd · output, clamped to its bounds; [TILE], written */
export function guideValue(guide: Guide, value: usize, features: usize): void {
  mlpPredict(guide.output, features, guide.hidden, guide.valueParameters, guide.valueShape, 1);
  const mean = f32x4.splat(guide.valueMean), std = f32x4.splat(guide.valueStd);
  const isBounded = guide.valueHigh > guide.valueLow;
  const low = f32x4.splat(isBounded ? guide.valueLow : -Infinity), high = f32x4.splat(isBounded ? guide.valueHigh : Infinity);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const v = f32x4.add(mean, f32x4.mul(std, v128.load(guide.output + n)));
    v128.store(value + n, f32x4.min(high, f32x4.max(low, v)));
  }
}
