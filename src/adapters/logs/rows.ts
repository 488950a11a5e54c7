/** Logs as rows: whatever the format, an object with a value for each column. */
import { shown } from "../../core/expect.ts";

/** One row of a log, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows as they come, in the order of time. */
export type Rows = AsyncIterable<Row> | Iterable<Row>;

/** A text: whole, as bytes, as a file of a page, or as a stream of either, such as `createReadStream` of Node gives. */
export type TextSource = string | Uint8Array | Blob | AsyncIterable<string | Uint8Array>;

/**
 * The rows of JSON lines: an object a line.
 *
 * @throws SyntaxError that names the line which is no object of JSON
 *
 * @example
 * const rows = readJsonLines('{"reward": 1}\n{"reward": 2}\n');
 * const { value } = await rows.next();
 * value.reward; // 1
 */
export async function* readJsonLines(source: TextSource): AsyncGenerator<Row, void> {
  let rest = "";
  let line = 0;
  for await (const text of textsOf(source)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) yield* rowIn(one, ++line);
  }
  yield* rowIn(rest, ++line);
}

function* rowIn(text: string, line: number): Generator<Row, void> {
  if (text.trim() === "") return;
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {}
  if (typeof row !== "object" || row === null || Array.isArray(row))
    throw new SyntaxError(`line ${line}: expected an object of JSON, got ${shown(text.slice(0, 40))}`);
  yield row as Row;
}

/**
 * The rows of a CSV file (RFC 4180), whose first line names the columns. Cells are texts; quotes may hold commas and line ends.
 *
 * @throws SyntaxError for a row with another number of cells, or quotes that are not closed
 *
 * @example
 * const rows = readCsv("x,reward\n0.5,1\n");
 * const { value } = await rows.next();
 * value.x; // "0.5"
 */
export async function* readCsv(source: TextSource): AsyncGenerator<Row, void> {
  let names: readonly string[] | undefined;
  let number = 0;
  for await (const cells of cellsOf(source)) {
    number++;
    if (cells.length === 1 && cells[0].trim() === "") continue;
    if (names === undefined) {
      names = cells.map((name) => name.trim());
      continue;
    }
    if (cells.length !== names.length)
      throw new SyntaxError(`row ${number}: expected ${names.length} cells, got ${cells.length}`);
    yield Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  }
}

/** The rows of cells of a CSV file, its first line among them. */
async function* cellsOf(source: TextSource): AsyncGenerator<readonly string[], void> {
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  // a quote inside of quotes ends them, unless another one follows
  let wasQuote = false;
  for await (const text of textsOf(source))
    for (const letter of text) {
      if (isQuoted && wasQuote) {
        wasQuote = false;
        if (letter === '"') {
          cell += '"';
          continue;
        }
        isQuoted = false;
      }
      if (isQuoted) {
        if (letter === '"') wasQuote = true;
        else cell += letter;
      } else if (letter === '"' && cell === "") isQuoted = true;
      else if (letter === ",") {
        cells.push(cell);
        cell = "";
      } else if (letter === "\n") {
        yield [...cells, cell.replace(/\r$/, "")];
        [cells, cell] = [[], ""];
      } else cell += letter;
    }
  if (isQuoted && !wasQuote) throw new SyntaxError(`row: expected closed quotes, got "${cell.slice(0, 40)}`);
  if (cell !== "" || cells.length > 0) yield [...cells, cell];
}

async function* textsOf(source: TextSource): AsyncGenerator<string, void> {
  if (typeof source === "string") return yield source;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const chunks =
    source instanceof Uint8Array
      ? [source]
      : typeof Blob === "function" && source instanceof Blob
        ? [new Uint8Array(await source.arrayBuffer())]
        : (source as AsyncIterable<string | Uint8Array>);
  if (
    typeof (chunks as AsyncIterable<string>)?.[Symbol.asyncIterator] !== "function" &&
    !Array.isArray(chunks)
  )
    throw new TypeError(`source: expected a text, bytes, a Blob or a stream, got ${shown(source)}`);
  for await (const chunk of chunks)
    yield typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
