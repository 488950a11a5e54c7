/*
 * What TypeScript has to know of the kernels, read from the compiler while it compiles them, so that nobody copies it:
 * the records, which are the exported `@unmanaged` classes, with kinds, order and docs of their fields; and the signatures
 * that `assembly/index.ts` exports. `generated.mjs` writes both as TypeScript.
 *
 * A field's kind is its type in the source: `u32`, `usize` and `f32` are numbers, `Floats` and `Words` (`assembly/memory.ts`)
 * addresses of arrays. Whatever else stands there is an error, and so is a field that does not lie where it is expected.
 * Each build exports a hash of it all (`transform.mjs`), so that `src/core/core.ts` refuses kernels of other records.
 */
import { createHash } from "node:crypto";

/** Kinds of fields by their types in the source, and what the compiler takes each for. */
const KINDS = {
  u32: { kind: "u32", compiled: "u32" },
  usize: { kind: "u32", compiled: "usize" },
  f32: { kind: "f32", compiled: "f32" },
  Floats: { kind: "floats", compiled: "usize" },
  Words: { kind: "words", compiled: "usize" },
};
/** Types of arguments and results that are numbers on both sides. */
const NUMBERS = ["u32", "i32", "usize", "bool", "f32", "f64"];
const WORD = 4;
/** Of the compiler's `DecoratorFlags`. */
const UNMANAGED = 16;

/** Of the compiler's `SourceKind`. */
const USER_ENTRY = 1;

/**
 * The records and the exported kernels of a program that the compiler has read, bases before the classes that extend them.
 *
 * @returns {{
 *   records: { name: string, base?: string, doc?: string, fields: { name: string, kind: string, doc?: string }[] }[],
 *   kernels: { name: string, doc?: string, parameters: { name: string, type: string }[], result: string }[],
 * }}
 */
export function describe(program) {
  const files = [...program.filesByName.values()].filter(({ source }) => !isLibrary(source));
  const entry = files.find(({ source }) => source.sourceKind === USER_ENTRY);
  return { records: recordsOf(program, files), kernels: kernelsOf(program, entry) };
}

/** A number of 32 bits that changes with any name, order or type; not with docs. */
export function hashOf(description) {
  const bare = JSON.stringify(description, (key, value) => (key === "doc" ? undefined : value));
  return createHash("sha256").update(bare).digest().readInt32LE();
}

/** The compiler's own, which has unmanaged classes and an entry too. */
function isLibrary({ normalizedPath }) {
  return normalizedPath.startsWith("~lib/");
}

function recordsOf(program, files) {
  const elements = new Set(files.flatMap(({ exports }) => [...(exports?.values() ?? [])]));
  const classes = [...elements].filter(({ decoratorFlags }) => decoratorFlags & UNMANAGED);
  const named = new Map();
  const add = (prototype) => {
    const { name, declaration, basePrototype: base } = prototype;
    if (named.has(name)) {
      if (named.get(name).prototype === prototype) return;
      throw new Error(`${name}: expected one record of this name, got two`);
    }
    if (base) add(base); // bases come first
    const fields = fieldsOf(program.resolver.resolveClass(prototype, null));
    const own = fields.filter(({ owner }) => owner === name).map(({ owner, ...field }) => field);
    named.set(name, { prototype, record: { name, base: base?.name, doc: docOf(declaration), fields: own } });
  };
  for (const prototype of classes) add(prototype);
  return [...named.values()].map(({ record }) => record);
}

function fieldsOf({ name: record, members }) {
  const fields = [...members.values()].filter(({ fieldDeclaration }) => fieldDeclaration);
  return fields.map(({ name, parent, fieldDeclaration, instance }, i) => {
    const path = `${record}.${name}`;
    const type = fieldDeclaration.type?.name?.identifier.text;
    if (!Object.hasOwn(KINDS, type))
      throw new Error(`${path}: expected a field of type ${Object.keys(KINDS).join(", ")}, got ${type}`);
    const { kind, compiled } = KINDS[type];
    if (String(instance.type) !== compiled)
      throw new Error(`${path}: expected ${type} to be ${compiled}, got ${instance.type}`);
    if (instance.memoryOffset !== WORD * i)
      throw new Error(`${path}: expected it at byte ${WORD * i}, got ${instance.memoryOffset}`);
    return { name, kind, doc: docOf(fieldDeclaration), owner: parent.name };
  });
}

function kernelsOf(program, { exports }) {
  return [...exports].map(([name, prototype]) => {
    if (!prototype.declaration.signature)
      throw new Error(`${name}: expected the entry to export functions alone`);
    const instance = program.resolver.resolveFunction(prototype, null);
    const { parameterTypes, returnType } = instance.signature;
    const { parameters } = prototype.declaration.signature;
    const numberOf = (type, what) => {
      if (NUMBERS.includes(String(type))) return String(type);
      throw new Error(`${name}: expected ${what} to be a number (${NUMBERS.join(", ")}), got ${type}`);
    };
    return {
      name,
      doc: docOf(prototype.declaration),
      parameters: parameterTypes.map((type, i) => {
        const argument = parameters[i].name.text;
        return { name: argument, type: numberOf(type, argument) };
      }),
      result: String(returnType) === "void" ? "void" : numberOf(returnType, "the result"),
    };
  });
}

/** A doc-comment, and what may stand between it and its declaration. */
const DOC = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:\/\/.*\s+|@\w+\s+|export\s+)*$/;

/** The text of the doc-comment before a declaration; undefined without one. */
function docOf({ range: { source, start } }) {
  const [, text] = source.text.slice(0, start).match(DOC) ?? [];
  return text?.replaceAll(/^[ \t]*\* ?/gm, "").trim();
}
