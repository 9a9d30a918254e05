import { listConditions, valuesOf, type Condition, type Expression, type Matches, type Parameter, type Span, type Test, type Value } from "./ast.ts";
import { operatorsOf, parameterOperators, type AttributeSpec, type FunctionSpec } from "./attribute-spec.ts";
import { checkValue, type ValueRule } from "./check-value.ts";
import { attributes, findAttribute, isMetafieldName, type ShopNames } from "./find-attribute.ts";
import { quote } from "./format-query.ts";
import { findNearestName } from "./nearest-name.ts";
import type { QueryProblem } from "./problem.ts";

/** Shopify's limit of ids in one IN. */
export const MOST_IDS = 500;
/** Ours; Shopify allows ten. Keeps one query from holding a worker for seconds. */
export const MOST_CONDITIONS = 200;

/** Everything that is wrong with a query that could be read; empty when it can be evaluated. */
export function checkQuery(expression: Expression, names: ShopNames): QueryProblem[] {
  const conditions = listConditions(expression);
  const tooMany = conditions[MOST_CONDITIONS];
  if (tooMany) return [refuse(`A query holds at most ${MOST_CONDITIONS} conditions`, tooMany.span)];
  return conditions.flatMap((condition) => checkCondition(condition, names));
}

function refuse(message: string, span: Span, suggestion: string | null = null): QueryProblem {
  return { message, span, suggestion };
}

function checkCondition(condition: Condition, names: ShopNames): QueryProblem[] {
  const { attribute, argument, attributeSpan, test } = condition;
  const spec = findAttribute(attribute, names);
  if (!spec) return [unknownAttribute(attribute, attributeSpan, names)];
  if (argument !== null && spec.type !== "modifier") return [refuse(`${attribute} takes no attribute in brackets`, attributeSpan)];
  const operator = checkOperator(attribute, test, operatorsOf(spec));
  if (operator) return [operator];
  switch (spec.type) {
    case "function":
      return test.kind === "matches" ? checkMatches(test, spec) : [];
    case "modifier":
      return [...checkModifier(condition, spec, names), ...checkValues(test, { name: attribute, type: "date" })];
    case "list":
      return [...checkValues(test, spec), ...checkSegmentName(attribute, test, names)];
    case "date":
    case "float":
    case "integer":
    case "text":
    case "enum":
    case "boolean":
      return checkValues(test, spec);
  }
}

function unknownAttribute(name: string, span: Span, names: ShopNames): QueryProblem {
  if (isMetafieldName(name)) {
    return refuse(`This shop has no pinned customer metafield ${name}`, span, findNearestName(name, [...names.metafields.keys()]));
  }
  return refuse(`There is no attribute ${name}`, span, findNearestName(name, [...attributes.map((spec) => spec.name), ...names.metafields.keys()]));
}

/** How an operator is written: "NOT IN", ">=". */
export function operatorName(test: Test | Matches): string {
  switch (test.kind) {
    case "compare":
      return test.operator;
    case "between":
      return "BETWEEN";
    case "in":
      return test.isNegated ? "NOT IN" : "IN";
    case "contains":
      return test.isNegated ? "NOT CONTAINS" : "CONTAINS";
    case "null":
      return test.isNegated ? "IS NOT NULL" : "IS NULL";
    case "matches":
      return test.isNegated ? "NOT MATCHES" : "MATCHES";
  }
}

function checkOperator(name: string, test: Test | Matches, allowed: readonly string[]): QueryProblem | null {
  const operator = operatorName(test);
  return allowed.includes(operator) ? null : refuse(`${name} takes ${allowed.join(" ")}, not ${operator}`, test.span);
}

function checkModifier({ argument, attribute, attributeSpan }: Condition, spec: AttributeSpec, names: ShopNames): QueryProblem[] {
  const of = argument === null ? null : findAttribute(argument, names);
  return of?.type === "date" ? [] : [refuse(`${attribute} needs a date attribute in brackets, as in ${spec.example}`, attributeSpan)];
}

function checkSegmentName(attribute: string, test: Test | Matches, names: ShopNames): QueryProblem[] {
  if (attribute !== "segments" || test.kind !== "contains" || test.value.kind !== "text" || names.segments.includes(test.value.value)) return [];
  const near = findNearestName(test.value.value, names.segments);
  return [refuse(`There is no segment ${quote(test.value.value)}`, test.value.span, near === null ? null : quote(near))];
}

function checkValues(test: Test | Matches, rule: ValueRule): QueryProblem[] {
  const values = valuesOf(test);
  const problems = values.flatMap((value) => checkValue(value, rule) ?? []);
  if (values.length > MOST_IDS) problems.push(refuse(`IN takes at most ${MOST_IDS} values`, test.span));
  if (test.kind === "between" && test.low.kind === "number" && test.high.kind === "number" && test.low.value > test.high.value) {
    problems.push(refuse("BETWEEN takes the smaller value first", test.span));
  }
  return problems;
}

function checkMatches({ parameters, span }: Matches, spec: FunctionSpec): QueryProblem[] {
  const given = (name: string) => parameters.some((parameter) => parameter.name === name);
  const missing = spec.parameters.filter((parameter) => parameter.isRequired && !given(parameter.name));
  const sizes = spec.parameters.filter((parameter) => parameter.isFixed && (parameter.name === "count" || parameter.name === "percent" || parameter.name.startsWith("distance_")));
  const sizesGiven = sizes.filter((parameter) => given(parameter.name)).length;
  return [
    ...missing.map(({ name }) => refuse(`${spec.name} needs ${name}, as in ${spec.example}`, span)),
    ...(sizes.length > 0 && sizesGiven !== 1 ? [refuse(`${spec.name} needs either ${sizes.map(({ name }) => name).join(" or ")}`, span)] : []),
    ...parameters.flatMap((parameter, index) => checkParameter(parameter, spec, parameters.slice(0, index))),
  ];
}

function checkParameter({ name, nameSpan, test }: Parameter, spec: FunctionSpec, before: readonly Parameter[]): QueryProblem[] {
  const rule = spec.parameters.find((parameter) => parameter.name === name);
  if (!rule) {
    const known = spec.parameters.map((parameter) => parameter.name);
    return [refuse(`${spec.name} has no parameter ${name}; it has ${known.join(", ")}`, nameSpan, findNearestName(name, known))];
  }
  if (rule.isFixed && before.some((parameter) => parameter.name === name)) return [refuse(`${name} stands twice`, nameSpan)];
  const operator = checkOperator(name, test, parameterOperators(rule));
  if (operator) return [operator];
  const problems = checkValues(test, rule);
  return problems.length > 0 || test.kind !== "compare" || test.value.kind !== "number" || !rule.isFixed ? problems : checkSize(name, test.value);
}

function checkSize(name: string, value: Extract<Value, { kind: "number" }>): QueryProblem[] {
  const isWrong = (name === "percent" && !(value.value > 0 && value.value <= 100)) || (name === "count" && value.value < 1) || (name === "position" && value.value === 0);
  if (!isWrong) return [];
  const words = name === "percent" ? "above 0 and at most 100" : name === "count" ? "1 or more" : "1, 2, … from the first or -1, -2, … from the last";
  return [refuse(`${name} is ${words}`, value.span)];
}
