// Writes what `records.mjs` read from the kernels as TypeScript: two files of `src/core/generated`.
import { hashOf } from "./records.mjs";

const HEADER =
  "// Written by the build from the sources in assembly/ (scripts/generated.mjs): change those.\n";
const TYPES = { u32: "number", f32: "number", floats: "Float32Array", words: "Uint32Array" };
const KINDS = { u32: "u32", f32: "f32", floats: "array", words: "array" };

/** Of each record an interface of its fields' values, with their docs, and a table of their kinds. */
export function recordsSource({ records }) {
  const tables = records.map(({ name, base, doc, fields }) => {
    const values = fields.map(
      (field) => `${docOf(field, "  ")}  readonly ${field.name}: ${TYPES[field.kind]};\n`,
    );
    const kinds = fields.map((field) => `    ${field.name}: "${KINDS[field.kind]}",\n`);
    const [extending, inherited] = base
      ? [` extends ${base}Values`, `    ...${constantOf(base)}.kinds,\n`]
      : ["", ""];
    return [
      `${docOf({ doc }, "")}export interface ${name}Values${extending} {\n${values.join("")}}\n`,
      `export const ${constantOf(name)}: RecordType<${name}Values> = {`,
      `  name: "${name}",\n  kinds: {\n${inherited}${kinds.join("")}  },\n};\n`,
    ].join("\n");
  });
  return `${HEADER}import type { RecordType } from "../fields.ts";\n\n${tables.join("\n")}`;
}

/** The signatures of the kernels, with their docs, and the hash that they export. */
export function exportsSource(description) {
  const kernels = description.kernels.map((kernel) => {
    const parameters = kernel.parameters.map(({ name }) => `${name}: number`).join(", ");
    const result = kernel.result === "void" ? "void" : "number";
    return `${docOf(kernel, "  ")}  ${kernel.name}(${parameters}): ${result};\n`;
  });
  return [
    HEADER,
    "/** Of the kernels whose records and signatures are those of these files. */",
    `export const LAYOUT = ${hashOf(description)};\n`,
    "/**",
    " * The kernels as the Wasm module exports them: addresses and sizes are plain numbers.",
    " * Each has one binding of the same name in `src/core`; the build fails when one is missing.",
    " */",
    "export interface Exports {",
    "  /** `LAYOUT` of the build that wrote the module. */",
    `  readonly layout: WebAssembly.Global;\n${kernels.join("")}}\n`,
  ].join("\n");
}

/** `LatentModel` → `LATENT_MODEL` */
function constantOf(name) {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

function docOf({ doc }, indent) {
  if (doc === undefined) return "";
  if (!doc.includes("\n")) return `${indent}/** ${doc} */\n`;
  const lines = doc.split("\n").map((line) => `${indent} * ${line}`.trimEnd());
  return `${indent}/**\n${lines.join("\n")}\n${indent} */\n`;
}
