import { cpus } from "node:os";

/** The processor's name and count: `Model × 4`. */
export function processor(): string {
  const all = cpus();
  return `${all[0]?.model.trim() ?? "unknown processor"} × ${all.length}`;
}

/** The engine's name and version. */
export function engine(): string {
  const { bun, deno, node, v8 } = process.versions;
  if (bun) return `Bun ${bun}`;
  return deno ? `Deno ${deno}, V8 ${v8}` : `Node ${node}, V8 ${v8}`;
}
