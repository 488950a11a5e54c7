/** Records and signatures read from small kernels, compiled in memory; and those that the last build read from ours. */
import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { exportsSource, recordsSource } from "../../scripts/generated.mjs";
import { describe, hashOf } from "../../scripts/records.mjs";

type Description = ReturnType<typeof describe>;

const ALIASES = "export type Floats = usize;\nexport type Words = usize;\n";

/** What the compiler reports about a module, whose function `run` is a kernel; or its error. */
async function read(module: string, entry = 'export { run } from "./module";'): Promise<Description> {
  const sources: Readonly<Record<string, string>> = {
    "entry.ts": entry,
    "module.ts": module,
    "memory.ts": ALIASES,
  };
  let description: Description | undefined;
  const transform = {
    afterInitialize(program: unknown) {
      description = describe(program);
    },
  };
  const { error } = await asc.main(["entry.ts", "--noEmit", "--runtime", "stub"], {
    readFile: (name) => sources[name] ?? null,
    stderr: { write: () => undefined } as never,
    transforms: [transform as never],
  });
  if (error) throw error;
  if (!description) throw new Error("the compiler did not call the transform");
  return description;
}

/** A module with a record of these fields and a kernel that writes to it. */
const withFields = (fields: string) => `
import { Floats, Words } from "./memory";
/** What \`run\` works on. */
@unmanaged
export class Record {
${fields}
}
/** Runs. */
export function run(record: usize, rate: f32): void { store<f32>(record, rate); }
`;

const FIELDS =
  "  /** N. */\n  size: usize;\n  rate: f32;\n  /** [N]. */\n  values: Floats;\n  indices: Words;";

const fieldsOf = ({ records: [{ fields }] }: Description) =>
  fields.map(({ name, kind }) => `${name}: ${kind}`);

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing was thrown",
    (error: Error) => error.message,
  );
}

test("fields have their names, kinds, order and docs", async () => {
  const { records } = await read(withFields(FIELDS));
  assert.equal(records, [
    {
      name: "Record",
      base: undefined,
      doc: "What `run` works on.",
      fields: [
        { name: "size", kind: "u32", doc: "N." },
        { name: "rate", kind: "f32", doc: undefined },
        { name: "values", kind: "floats", doc: "[N]." },
        { name: "indices", kind: "words", doc: undefined },
      ],
    },
  ]);
});

for (const [change, fields, expected] of [
  [
    "added",
    `${FIELDS}\n  step: u32;`,
    ["size: u32", "rate: f32", "values: floats", "indices: words", "step: u32"],
  ],
  [
    "renamed",
    FIELDS.replace("rate", "learningRate"),
    ["size: u32", "learningRate: f32", "values: floats", "indices: words"],
  ],
  [
    "moved",
    FIELDS.replace("  rate: f32;\n", "").replace(/$/, "\n  rate: f32;"),
    ["size: u32", "values: floats", "indices: words", "rate: f32"],
  ],
  [
    "given another kind",
    FIELDS.replace("size: usize", "size: Floats"),
    ["size: floats", "rate: f32", "values: floats", "indices: words"],
  ],
] as const)
  test(`a field that is ${change} follows, and makes other kernels`, async () => {
    const [before, after] = [await read(withFields(FIELDS)), await read(withFields(fields))];
    assert.equal(fieldsOf(after), [...expected]);
    assert.is.not(hashOf(after), hashOf(before));
    for (const { name } of after.records[0].fields)
      assert.match(recordsSource(after), new RegExp(`\\b${name}: "(u32|f32|array)",`));
  });

test("other docs make no other kernels", async () => {
  const [before, after] = [
    await read(withFields(FIELDS)),
    await read(withFields(FIELDS.replace("N.", "M."))),
  ];
  assert.is(hashOf(after), hashOf(before));
});

test("a record begins with the fields of the one that it extends", async () => {
  const more = "@unmanaged\nexport class More extends Record {\n  last: u32;\n}\n";
  const description = await read(withFields("  first: u32;") + more);
  assert.equal(
    description.records.map(({ name, base, fields }) => [name, base, fields.length]),
    [
      ["Record", undefined, 1],
      ["More", "Record", 1],
    ],
  );
  const text = recordsSource(description);
  assert.match(text, "export interface MoreValues extends RecordValues {\n  readonly last: number;\n}");
  assert.match(text, '  name: "More",\n  kinds: {\n    ...RECORD.kinds,\n    last: "u32",\n  },');
});

for (const [fields, expected] of [
  ["  rate: f64;", "Record.rate: expected a field of type u32, usize, f32, Floats, Words, got f64"],
  ["  rate: bool;", "Record.rate: expected a field of type u32, usize, f32, Floats, Words, got bool"],
  [
    "  other: Record | null;",
    "Record.other: expected a field of type u32, usize, f32, Floats, Words, got Record",
  ],
] as const)
  test(`refuses ${fields.trim()}`, async () => {
    assert.is(await messageOf(read(withFields(fields))), expected);
  });

test("refuses a `Floats` that is no address", async () => {
  const module = withFields("  values: Floats;").replace(/import .*/, "type Floats = f32;");
  assert.is(await messageOf(read(module)), "Record.values: expected Floats to be usize, got f32");
});

test("kernels have the names and types of their arguments, and what they return", async () => {
  const { kernels } = await read(
    "",
    "/**\n * Sum.\n *\n *   a + b\n */\n@inline\nexport function sum(a: f32, b: f32): f32 { return a + b; }\nexport function none(): void {}",
  );
  const [a, b] = ["a", "b"].map((name) => ({ name, type: "f32" }));
  assert.equal(kernels, [
    { name: "sum", doc: "Sum.\n\n  a + b", parameters: [a, b], result: "f32" },
    { name: "none", doc: undefined, parameters: [], result: "void" },
  ]);
});

for (const [kernel, expected] of [
  [
    "export function f(x: i64): void {}",
    "f: expected x to be a number (u32, i32, usize, bool, f32, f64), got i64",
  ],
  ["export class Other {}", "Other: expected the entry to export functions alone"],
  [
    "export function f(): v128 { return i32x4.splat(0); }",
    "f: expected the result to be a number (u32, i32, usize, bool, f32, f64), got v128",
  ],
] as const)
  test(`refuses ${kernel}`, async () => {
    assert.is(await messageOf(read("", kernel)), expected);
  });

test("signatures are written with their docs", async () => {
  const description = await read(withFields(FIELDS));
  const text = exportsSource(description);
  assert.match(text, "  /** Runs. */\n  run(record: number, rate: number): void;\n");
  assert.match(text, `export const LAYOUT = ${hashOf(description)};\n`);
});

test("the generated files are those of the kernels that were built last", () => {
  const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const description = JSON.parse(file("build/kernels.json"));
  assert.is(file("src/core/generated/records.ts"), recordsSource(description));
  assert.is(file("src/core/generated/exports.ts"), exportsSource(description));
});

test.run();
