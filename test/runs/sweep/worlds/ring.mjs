/** Worlds for tests of sweeps: a ring of five places, and makers that fail in their ways. */

/** One step on or back; a reward at the third place. Twenty steps an episode. */
// biome-ignore lint/style/noDefaultExport: what a plan asks for when it names no export
export default function ring() {
  let [place, steps] = [0, 0];
  return {
    observationSpace: { kind: "box", low: [0], high: [4] },
    actionSpace: { kind: "discrete", n: 2 },
    reset() {
      [place, steps] = [0, 0];
      return { observation: [place] };
    },
    step(action) {
      place = (place + (action === 1 ? 1 : 4)) % 5;
      return {
        observation: [place],
        reward: Number(place === 2),
        terminated: false,
        truncated: ++steps >= 20,
      };
    },
  };
}

export function broken() {
  throw new Error("the ring is broken");
}

export function deadly() {
  process.exit(3);
}

/** A world that is never made, of a process that has something to wait for. */
export function endless() {
  setInterval(() => {}, 1000);
  return new Promise(() => {});
}

export const noMaker = 1;
