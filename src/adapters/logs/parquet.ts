import { expectBytes, loadPeer } from "./files.ts";
import type { Row } from "./rows.ts";

/**
 * The rows of a Parquet file, by the optional peer `hyparquet`. Lists stay lists.
 *
 * @param bytes the whole file
 * @throws Error when the peer is not installed; RangeError when the bytes are no Parquet file
 *
 * @example
 * let message = "";
 * await readParquet(new Uint8Array(4)).next().catch((error) => { message = error.message; });
 * message.startsWith("bytes: expected a Parquet file"); // true
 */
export async function* readParquet(bytes: Uint8Array | ArrayBuffer): AsyncGenerator<Row, void> {
  const file = expectBytes(bytes);
  const { parquetReadObjects } = await loadPeer("hyparquet", () => import("hyparquet"));
  let rows: readonly Row[];
  try {
    rows = await parquetReadObjects({ file });
  } catch (cause) {
    throw new RangeError(
      `bytes: expected a Parquet file, got one of which hyparquet says: ${wordsOf(cause)}`,
      {
        cause,
      },
    );
  }
  yield* rows;
}

const wordsOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
