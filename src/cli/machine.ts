import { cpus } from "node:os";

/** The processor's name and count: `Model × 4`; Deno tells the name with `--allow-sys` alone. */
export function processor(): string {
  try {
    const all = cpus();
    return `${all[0]?.model.trim() ?? "unknown processor"} × ${all.length}`;
  } catch {
    return `unknown processor × ${navigator.hardwareConcurrency}`;
  }
}

/** The engine's name and version. */
export function engine(): string {
  const { bun, deno, node, v8 } = process.versions;
  if (bun) return `Bun ${bun}`;
  return deno ? `Deno ${deno}, V8 ${v8}` : `Node ${node}, V8 ${v8}`;
}
