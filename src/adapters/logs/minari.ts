import { expectBytes, loadPeer } from "./files.ts";
import type { Row } from "./rows.ts";

/** A part of an HDF5 file that has parts itself. */
export interface Group {
  readonly keys: readonly string[];
  get(name: string): Group | Dataset | null | undefined;
}

/** A table of an HDF5 file. */
export interface Dataset {
  readonly shape: readonly number[];
  readonly value: ArrayLike<number | bigint | boolean>;
}

/** The tables of an episode, as Minari names them. */
const TABLES = ["observations", "actions", "rewards", "terminations", "truncations"] as const;

/**
 * The rows of a Minari data set, whose folder keeps them in `data/main_data.hdf5`, by the optional peer `jsfive`. Observations and actions
 * of a single space each. The columns have the names that `learnFromLog` looks for.
 *
 * @param bytes of `main_data.hdf5`
 * @throws Error when the peer is not installed; RangeError when the bytes are no such file
 *
 * @example
 * let message = "";
 * await readMinari(new Uint8Array(4)).next().catch((error) => { message = error.message; });
 * message.startsWith("bytes: expected main_data.hdf5 of a Minari data set"); // true
 */
export async function* readMinari(bytes: Uint8Array | ArrayBuffer): AsyncGenerator<Row, void> {
  const buffer = expectBytes(bytes);
  const { File } = await loadPeer("jsfive", () => import("jsfive"));
  const file = opened(() => new File(buffer));
  const episodes = opened(() => file.keys)
    .flatMap((name) => name.match(/^episode_(\d+)$/)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  if (episodes.length === 0) throw refused("one without an episode");
  for (const episode of episodes) {
    const group = opened(() => file.get(`episode_${episode}`)) as Group;
    const [observations, actions, rewards, terminations, truncations] = TABLES.map((name) =>
      tableOf(group, `episode_${episode}/${name}`, name),
    );
    for (let t = 0; t < rewards.length; t++)
      yield {
        ...{ episode, observation: observations[t], action: actions[t], reward: rewards[t] },
        ...{ nextObservation: observations[t + 1], terminated: terminations[t], truncated: truncations[t] },
      };
  }
}

function opened<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (cause) {
    throw refused(`one of which jsfive says: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}

function refused(got: string, cause?: unknown): RangeError {
  return new RangeError(`bytes: expected main_data.hdf5 of a Minari data set, got ${got}`, { cause });
}

/** The rows of a table: numbers, or lists of them. */
function tableOf(group: Group, place: string, name: string): readonly unknown[] {
  const table = opened(() => group.get(name));
  if (table === null || table === undefined) throw refused(`one without ${place}`);
  if (!("shape" in table))
    throw refused(`one whose ${place} has parts: data sets of one space each can be read`);
  const { values, shape } = opened(() => ({ values: Array.from(table.value, Number), shape: table.shape }));
  const [rows, ...inner] = shape;
  const width = inner.reduce((product, size) => product * size, 1);
  if (inner.length === 0) return values;
  return Array.from({ length: rows }, (_, t) => values.slice(t * width, (t + 1) * width));
}
