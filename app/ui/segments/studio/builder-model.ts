import { valuesOf, type Condition, type Expression, type Matches, type Parameter, type Span, type Test, type Value } from "#app/engine/segments/language/ast.ts";
import { operatorsOf, parameterOperators, type AttributeSpec, type ParameterSpec, type ScalarType } from "#app/engine/segments/language/attribute-spec.ts";
import { formatQuery } from "#app/engine/segments/language/format-query.ts";

/** How the parts of a group have to hold. "none" is NOT (a OR b), "not-all" NOT (a AND b). */
export const joins = ["all", "any", "none", "not-all"] as const;
export type Join = (typeof joins)[number];

export interface BuilderGroup {
  readonly kind: "group";
  readonly id: number;
  readonly join: Join;
  readonly nodes: readonly BuilderNode[];
}

export interface BuilderCondition {
  readonly kind: "condition";
  readonly id: number;
  readonly condition: Condition;
}

export type BuilderNode = BuilderGroup | BuilderCondition;

export const NOWHERE: Span = { start: 0, end: 0 };
let lastId = 0;

export const newGroup = (join: Join, nodes: readonly BuilderNode[]): BuilderGroup => ({ kind: "group", id: ++lastId, join, nodes });
export const newCondition = (condition: Condition): BuilderCondition => ({ kind: "condition", id: ++lastId, condition });

/** The expression as groups and conditions; the outermost is always a group, so that something can be added to it. */
export function toBuilder(expression: Expression): BuilderGroup {
  const node = toNode(expression);
  return node.kind === "group" ? node : newGroup("all", [node]);
}

function toNode(expression: Expression): BuilderNode {
  switch (expression.kind) {
    case "condition":
      return newCondition(expression);
    case "and":
      return newGroup("all", expression.terms.map(toNode));
    case "or":
      return newGroup("any", expression.terms.map(toNode));
    case "not": {
      const { term } = expression;
      if (term.kind === "or") return newGroup("none", term.terms.map(toNode));
      return term.kind === "and" ? newGroup("not-all", term.terms.map(toNode)) : newGroup("none", [toNode(term)]);
    }
  }
}

/** The same meaning as an expression; groups without conditions say nothing and are left out. Null when nothing is left. */
export function fromBuilder(node: BuilderNode): Expression | null {
  if (node.kind === "condition") return node.condition;
  const terms = node.nodes.flatMap((inner) => fromBuilder(inner) ?? []);
  if (terms.length === 0) return null;
  const isAny = node.join === "any" || node.join === "none";
  const inner: Expression = terms.length === 1 ? terms[0] : { kind: isAny ? "or" : "and", terms, span: NOWHERE };
  return node.join === "none" || node.join === "not-all" ? { kind: "not", term: inner, span: NOWHERE } : inner;
}

export function writeBuilder(group: BuilderGroup): string {
  const expression = fromBuilder(group);
  return expression ? formatQuery(expression) : "";
}

/** The tree with one node replaced, or taken out with null. */
export function replaceNode(group: BuilderGroup, id: number, next: BuilderNode | null): BuilderGroup {
  if (group.id === id) return next?.kind === "group" ? next : { ...group, nodes: [] };
  return {
    ...group,
    nodes: group.nodes.flatMap((node): BuilderNode[] => {
      if (node.id === id) return next ? [next] : [];
      return [node.kind === "group" ? replaceNode(node, id, next) : node];
    }),
  };
}

/** A value of a type to begin with. */
export function firstValue(type: ScalarType, values: readonly string[] | undefined, known: readonly string[]): Value {
  switch (type) {
    case "date":
      return { kind: "relative", amount: -30, unit: "d", span: NOWHERE };
    case "float":
    case "integer":
      return { kind: "number", value: 1, span: NOWHERE };
    case "boolean":
      return { kind: "boolean", value: true, span: NOWHERE };
    case "text":
    case "enum":
    case "list":
      return { kind: "text", value: values?.[0] ?? known[0] ?? "", span: NOWHERE };
  }
}

/** The test with another operator; values are kept where the new one has room for them. */
export function withOperator(test: Test, operator: string, first: Value): Test {
  const kept = valuesOf(test);
  const value = kept[0] ?? first;
  const isNegated = operator.startsWith("NOT ") || operator === "IS NOT NULL";
  switch (operator) {
    case "BETWEEN":
      return { kind: "between", low: value, high: kept[1] ?? value, span: NOWHERE };
    case "IN":
    case "NOT IN":
      return { kind: "in", isNegated, values: kept.length > 0 ? kept : [first], span: NOWHERE };
    case "CONTAINS":
    case "NOT CONTAINS":
      return { kind: "contains", isNegated, value, span: NOWHERE };
    case "IS NULL":
    case "IS NOT NULL":
      return { kind: "null", isNegated, span: NOWHERE };
    case "=":
    case "!=":
    case ">":
    case ">=":
    case "<":
    case "<=":
      return { kind: "compare", operator, value, span: NOWHERE };
    default:
      return test;
  }
}

export function withValues(test: Test, values: readonly Value[]): Test {
  switch (test.kind) {
    case "compare":
    case "contains":
      return { ...test, value: values[0] };
    case "between":
      return { ...test, low: values[0], high: values[1] };
    case "in":
      return { ...test, values };
    case "null":
      return test;
  }
}

/** The operator of a number or a date that is asked first: at least. */
const usual = (operators: readonly string[]) => (operators.includes(">=") ? ">=" : operators[0]);

/** A condition on an attribute to begin with. */
export function firstCondition(spec: AttributeSpec, knownOf: (name: string) => readonly string[]): Condition {
  const base = { kind: "condition", attribute: spec.name, argument: null, attributeSpan: NOWHERE, span: NOWHERE } as const;
  if (spec.type === "function") {
    const required = spec.parameters.filter(({ isRequired }) => isRequired);
    const size = spec.parameters.find(({ name }) => name === "percent" || name === "distance_km");
    const first = required.length > 0 || size ? [...required, ...(size && !required.includes(size) ? [size] : [])] : spec.parameters.filter(({ name }) => name === "date").slice(0, 1);
    return { ...base, test: { kind: "matches", isNegated: false, parameters: first.map((parameter) => firstParameter(parameter, knownOf(parameter.name))), span: NOWHERE } };
  }
  if (spec.type === "modifier") {
    const today: Value = { kind: "day-word", value: "today", span: NOWHERE };
    return { ...base, argument: "first_order_date", test: { kind: "between", low: today, high: { kind: "relative", amount: 30, unit: "d", span: NOWHERE }, span: NOWHERE } };
  }
  const value = firstValue(spec.type, spec.values, knownOf(spec.name));
  return { ...base, test: withOperator({ kind: "null", isNegated: false, span: NOWHERE }, usual(operatorsOf(spec)), value) };
}

export function firstParameter(spec: ParameterSpec, known: readonly string[]): Parameter {
  const value = spec.name === "percent" ? ({ kind: "number", value: 10, span: NOWHERE } as const) : firstValue(spec.type, spec.values, known);
  return { name: spec.name, nameSpan: NOWHERE, test: withOperator({ kind: "null", isNegated: false, span: NOWHERE }, usual(parameterOperators(spec)), value) };
}

export const isMatches = (test: Test | Matches): test is Matches => test.kind === "matches";
