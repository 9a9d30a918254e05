import { listConditions, type Condition, type Expression } from "./language/ast.ts";

/** Name of the segment that a condition refers to; null for other conditions. */
export function referenceOf({ attribute, test }: Condition): string | null {
  return attribute === "segments" && test.kind === "contains" && test.value.kind === "text" ? test.value.value : null;
}

/** Names of the segments that an expression refers to, each once. */
export function listReferences(expression: Expression): string[] {
  return [...new Set(listConditions(expression).flatMap((condition) => referenceOf(condition) ?? []))];
}

/** The way from `name` back to itself, were it defined by `expression`; null when there is none. */
export function findCycle(name: string, expression: Expression, find: (name: string) => Expression | null): string[] | null {
  const seen = new Set<string>();
  const walk = (at: Expression, path: readonly string[]): string[] | null => {
    for (const next of listReferences(at)) {
      if (next === name) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const further = find(next);
      const cycle = further && walk(further, [...path, next]);
      if (cycle) return cycle;
    }
    return null;
  };
  return walk(expression, [name]);
}

/** The expression with one segment's name replaced wherever it is referred to. */
export function renameReference(expression: Expression, from: string, to: string): Expression {
  switch (expression.kind) {
    case "and":
    case "or":
      return { ...expression, terms: expression.terms.map((term) => renameReference(term, from, to)) };
    case "not":
      return { ...expression, term: renameReference(expression.term, from, to) };
    case "condition": {
      const { test } = expression;
      if (referenceOf(expression) !== from || test.kind !== "contains" || test.value.kind !== "text") return expression;
      return { ...expression, test: { ...test, value: { ...test.value, value: to } } };
    }
  }
}
