/**
 * The suite as a Worker: `GET /` lists the cases, `GET /?side=wasm&name=…&calls=…` runs one so many times. The clock stands
 * still within a request, so whoever asks keeps the time.
 */
import { createPeak, type Peak } from "../../src/bench/peak.ts";
import { repeat, SUITE_BYTES } from "../../src/bench/suite.ts";
import { createCore } from "../../src/core/core.ts";
import { type Pair, pairs } from "../pairs.ts";
import coreModule from "./core.wasm";
import peakModule from "./peak.wasm";

const TURNS = 40_000;
/** Plain TypeScript's side of the cases that were asked for. */
const plain = new Map<string, () => unknown>();
let ready: Promise<{ readonly all: readonly Pair[]; readonly peak: Peak }> | undefined;

async function prepare() {
  const core = await createCore({ bytes: SUITE_BYTES, module: coreModule });
  return { all: pairs(core), peak: await createPeak(TURNS, peakModule) };
}

function plainOf(pair: Pair): () => unknown {
  const run = plain.get(pair.name) ?? pair.plain();
  plain.set(pair.name, run);
  return run;
}

function runOf(side: string, pair: Pair, peak: Peak): (() => unknown) | undefined {
  if (side === "wasm") return pair.work.run;
  if (side === "plain") return plainOf(pair);
  return side === "peak" ? peak.run : undefined;
}

async function answer({ url }: Request): Promise<Response> {
  ready ??= prepare();
  const { all, peak } = await ready;
  const { searchParams } = new URL(url);
  const side = searchParams.get("side");
  if (side === null)
    return Response.json({
      peakOperations: peak.operations,
      works: all.map(({ name, work }) => ({ name, operations: work.operations })),
    });
  const pair = all.find(({ name }) => name === searchParams.get("name"));
  if (!pair) return Response.json({ error: "name: expected a case's name" }, { status: 404 });
  const run = runOf(side, pair, peak);
  if (!run) return Response.json({ error: "side: expected wasm, plain or peak" }, { status: 404 });
  return Response.json({ calls: repeat({ ...pair.work, run }, Number(searchParams.get("calls"))) });
}

// biome-ignore lint/style/noDefaultExport: what workerd asks for
export default { fetch: answer };
