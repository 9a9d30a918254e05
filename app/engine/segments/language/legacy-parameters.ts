import type { Comparison, Parameter, Span, Value } from "./ast.ts";

const suffixes: readonly (readonly [string, Comparison])[] = [["_at_least", ">="], ["_at_most", "<="]];
const bounds: ReadonlyMap<string, Comparison> = new Map([["since", ">="], ["until", "<="]]);

/** A parameter of the deprecated call, `id: 1` or `id: (1, 2)`, in today's words: `count_at_least: 2` is `count >= 2`, `since: -90d` is `date >= -90d`. */
export function legacyParameter(name: string, nameSpan: Span, values: readonly Value[]): Parameter {
  const [first] = values;
  const span = { start: nameSpan.start, end: values[values.length - 1].span.end };
  if (values.length > 1) return { name, nameSpan, test: { kind: "in", isNegated: false, values, span } };
  const bound = bounds.get(name);
  if (bound) return { name: "date", nameSpan, test: { kind: "compare", operator: bound, value: first, span } };
  const suffix = suffixes.find(([ending]) => name.endsWith(ending));
  if (suffix) return { name: name.slice(0, -suffix[0].length), nameSpan, test: { kind: "compare", operator: suffix[1], value: first, span } };
  return { name, nameSpan, test: { kind: "compare", operator: "=", value: first, span } };
}
