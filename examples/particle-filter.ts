/** Where is the boat? Two lighthouses take its bearing; a model of 30 lines is all that the filter needs. */
import { createFilter, type StateSpaceModel } from "generative-agent";

const LIGHTHOUSES = [
  [0, 0],
  [10, 0],
];
const BEARING_STD = 0.05;
const bearings = (x: number, y: number) =>
  LIGHTHOUSES.map(([left, below]) => Math.atan2(y - below, x - left));

/** Each log-weight falls by how far the bearings from a particle are off; in the fog a bearing is NaN. */
function weigh(z: Float32Array, logIncrements: Float32Array, seen: ArrayLike<number> = []): void {
  const N = logIncrements.length;
  for (let n = 0; n < N; n++)
    bearings(z[n], z[N + n]).forEach((angle, i) => {
      if (Number.isFinite(seen[i]))
        logIncrements[n] -= 0.5 * ((seen[i] - angle) / BEARING_STD) ** 2 + Math.log(2.5066 * BEARING_STD);
    });
}

/** Rows of a particle: east, north, and their speeds; the wind changes the speeds a little. */
const boat: StateSpaceModel = {
  stateSize: 4,
  initialise(z, logIncrements, observation, draw) {
    const N = logIncrements.length;
    draw.normal(z);
    for (let n = 0; n < N; n++) {
      z[n] = 5 + 3 * z[n];
      z[N + n] = 6 + 3 * z[N + n];
      z[2 * N + n] *= 0.3;
      z[3 * N + n] *= 0.3;
    }
    weigh(z, logIncrements, observation);
  },
  step(next, previous, logIncrements, { observation }, draw) {
    const N = logIncrements.length;
    draw.normal(next);
    for (let n = 0; n < N; n++) {
      for (const d of [2, 3]) next[d * N + n] = previous[d * N + n] + 0.03 * next[d * N + n];
      for (const d of [0, 1]) next[d * N + n] = previous[d * N + n] + next[(d + 2) * N + n];
    }
    weigh(next, logIncrements, observation);
  },
};

const filter = await createFilter(boat, { particles: 4096, seed: 1 });

console.log("minute      truth         estimate ± std          log-evidence");
for (let minute = 0; minute < 20; minute++) {
  const [east, north] = [2 + 0.3 * minute, 4 + 2 * Math.sin(minute / 6)];
  // a stand-in for the errors of measurement; in the fog, minutes 8 to 11, only the first lighthouse is seen
  const seen = bearings(east, north).map((angle, i) => angle + BEARING_STD * Math.sin(7 * minute + 3 * i));
  if (minute >= 8 && minute < 12) seen[1] = Number.NaN;
  const { logEvidence, isLost } = filter.update({ observation: seen });
  const { mean, std } = filter.moments();
  const estimate = [0, 1].map((d) => `${mean[d].toFixed(2)} ± ${std[d].toFixed(2)}`).join(", ");
  const truth = `${east.toFixed(2)}, ${north.toFixed(2)}`;
  console.log(
    `${minute}`.padStart(6),
    truth.padStart(13),
    estimate.padStart(25),
    logEvidence.toFixed(2).padStart(10),
  );
  if (isLost) console.log("       the boat was somewhere else altogether: the belief began anew");
}
