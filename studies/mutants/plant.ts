/** Faults that are planted by rule: each changes one place of a source, and still runs. */
import { parseAst } from "vite";

/** A fault: what stands in the place of source[start, end). */
export interface Mutant {
  readonly rule: "constant" | "sign" | "comparison" | "dropped";
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const SIGNS: Readonly<Record<string, string>> = { "+": "-", "-": "+", "*": "/", "/": "*" };
const COMPARISONS: Readonly<Record<string, string>> = {
  ...{ "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "==": "!=", "!=": "==" },
  ...{ "&&": "||", "||": "&&" },
};

/** Every fault of a source, in the order of its text. */
export function mutantsOf(source: string): readonly Mutant[] {
  // AssemblyScript's decorators of functions are no TypeScript
  const plain = source.replaceAll(/^( *)@(inline|lazy|unmanaged|final|external\([^)]*\))/gm, (found) =>
    " ".repeat(found.length),
  );
  const mutants: Mutant[] = [];
  visit(parseAst(plain, { lang: "ts" }) as unknown as Node, (node) => {
    const found = plant(node, plain);
    if (found !== undefined) mutants.push(found);
  });
  return mutants.sort((a, b) => a.start - b.start);
}

/** The source with a fault. */
export function planted(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}

function plant(node: Node, source: string): Mutant | undefined {
  const { type, start, end } = node;
  if (type === "Literal" && typeof node.value === "number")
    return { rule: "constant", start, end, text: otherNumber(node.value) };
  if (type === "BinaryExpression" || type === "LogicalExpression") {
    const [left, right] = [node.left as Node, node.right as Node];
    const operator = String(node.operator);
    const other = SIGNS[operator] ?? COMPARISONS[operator];
    // words are joined by +, too
    if (other === undefined || (operator === "+" && /["'`]/.test(source.slice(start, end)))) return undefined;
    const at = left.end + source.slice(left.end, right.start).indexOf(operator);
    return {
      rule: operator in SIGNS ? "sign" : "comparison",
      start: at,
      end: at + operator.length,
      text: other,
    };
  }
  if (type === "UnaryExpression" && (node.operator === "-" || node.operator === "!"))
    return { rule: "sign", start, end: start + 1, text: " " };
  if (type === "ExpressionStatement" && (node.expression as Node).type !== "Literal")
    return { rule: "dropped", start, end, text: ";" };
  return undefined;
}

function otherNumber(value: number): string {
  if (value === 0) return "1";
  return Number.isInteger(value) ? String(value + 1) : String(value * 10);
}

/** What says nothing about what is computed. */
const SILENT = /^TS|^Import|^ExportAll|^ThrowStatement$|^TemplateLiteral$/;

function visit(node: Node, meet: (node: Node) => void): void {
  if (SILENT.test(node.type) && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
  meet(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === "typeAnnotation" || key === "returnType" || key === "typeArguments") continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === "object" && child !== null && typeof (child as Node).type === "string")
        visit(child as Node, meet);
  }
}
