import { activationBytes, mlpBackward, mlpForward, outputOf } from "./mlp";

/*
 * A pass through a network that is kept for its adjoint: every layer's values, its slopes and its adjoints, one
 * block behind the other, each as `mlpForward` lays them out.
 */

/** Bytes of a trace over `tiles`. */
export function traceBytes(shape: usize, tiles: usize): usize {
  return 3 * activationBytes(shape, tiles);
}

/** The network's inputs [tiles][pad4(inputs)][TILE] are the trace's beginning; its outputs: */
export function traceOutput(trace: usize, shape: usize, tiles: usize): usize {
  return outputOf(trace, shape, tiles);
}

/** Adjoints of the inputs. */
export function traceInputAdjoint(trace: usize, shape: usize, tiles: usize): usize {
  return trace + 2 * activationBytes(shape, tiles);
}

/** Adjoints of the outputs; their padding rows stay zero. */
export function traceOutputAdjoint(trace: usize, shape: usize, tiles: usize): usize {
  return outputOf(traceInputAdjoint(trace, shape, tiles), shape, tiles);
}

/** Computes the outputs from the inputs in the trace. */
export function traceForward(trace: usize, parameters: usize, shape: usize, tiles: usize): void {
  mlpForward(trace, trace + activationBytes(shape, tiles), parameters, shape, tiles);
}

/** Computes the adjoints of the first `wanted` inputs and of the parameters from those of the outputs; `dParameters` is accumulated into. */
export function traceBackward(
  trace: usize, dParameters: usize, parameters: usize, shape: usize, wanted: usize, tiles: usize,
): void {
  const size = activationBytes(shape, tiles);
  mlpBackward(dParameters, trace + 2 * size, trace, trace + size, parameters, shape, wanted, tiles);
}
