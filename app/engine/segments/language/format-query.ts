import type { Condition, Expression, Matches, Parameter, Test, Value } from "./ast.ts";

/** The one way to write an expression; reading it again gives the same expression. Only today's forms are written. */
export function formatQuery(expression: Expression): string {
  switch (expression.kind) {
    case "or":
      return expression.terms.map((term) => (term.kind === "or" ? bracket(term) : formatQuery(term))).join(" OR ");
    case "and":
      return expression.terms.map((term) => (term.kind === "or" || term.kind === "and" ? bracket(term) : formatQuery(term))).join(" AND ");
    case "not":
      return `NOT ${bracket(expression.term)}`;
    case "condition":
      return formatCondition(expression);
  }
}

const bracket = (expression: Expression) => `(${formatQuery(expression)})`;

export function formatCondition({ attribute, argument, test }: Condition): string {
  const name = argument === null ? attribute : `${attribute} (${quote(argument)})`;
  return `${name} ${test.kind === "matches" ? formatMatches(test) : formatTest(test)}`;
}

function formatMatches({ isNegated, parameters }: Matches): string {
  return `${isNegated ? "NOT " : ""}MATCHES (${parameters.map(formatParameter).join(", ")})`;
}

function formatParameter({ name, test }: Parameter): string {
  return `${name} ${formatTest(test)}`;
}

export function formatTest(test: Test): string {
  switch (test.kind) {
    case "compare":
      return `${test.operator} ${formatValue(test.value)}`;
    case "between":
      return `BETWEEN ${formatValue(test.low)} AND ${formatValue(test.high)}`;
    case "in":
      return `${test.isNegated ? "NOT " : ""}IN (${test.values.map(formatValue).join(", ")})`;
    case "contains":
      return `${test.isNegated ? "NOT " : ""}CONTAINS ${formatValue(test.value)}`;
    case "null":
      return test.isNegated ? "IS NOT NULL" : "IS NULL";
  }
}

export function formatValue(value: Value): string {
  switch (value.kind) {
    case "number":
      return formatNumber(value.value);
    case "text":
      return quote(value.value);
    case "boolean":
      return String(value.value);
    case "day":
    case "instant":
    case "day-word":
      return value.value;
    case "relative":
      return `${value.amount > 0 ? "+" : "-"}${Math.abs(value.amount)}${value.unit}`;
  }
}

export function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

/** The language has no exponents: 1e-7 is 0.0000001. */
function formatNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, minus, whole, fraction = "", exponentText] = match;
  const exponent = Number(exponentText);
  const digits = whole + fraction;
  if (exponent < 0) return `${minus}0.${"0".repeat(-exponent - 1)}${digits}`;
  return minus + digits.padEnd(exponent + 1, "0");
}
