/** Half-open range of characters in the text that was read. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const relativeUnits = ["h", "d", "w", "m", "y"] as const;
export type RelativeUnit = (typeof relativeUnits)[number];

export type Value =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  /** yyyy-mm-dd, as written. */
  | { readonly kind: "day"; readonly value: string; readonly span: Span }
  /** yyyy-mm-ddThh:mm:ss in the shop's time zone, as written. */
  | { readonly kind: "instant"; readonly value: string; readonly span: Span }
  /** -7d is { amount: -7, unit: "d" }; hours are ours. */
  | { readonly kind: "relative"; readonly amount: number; readonly unit: RelativeUnit; readonly span: Span }
  | { readonly kind: "day-word"; readonly value: "today" | "yesterday"; readonly span: Span };

export const comparisons = ["=", "!=", ">", ">=", "<", "<="] as const;
export type Comparison = (typeof comparisons)[number];

/** What is asked of one value. */
export type Test =
  | { readonly kind: "compare"; readonly operator: Comparison; readonly value: Value; readonly span: Span }
  /** Both ends included. */
  | { readonly kind: "between"; readonly low: Value; readonly high: Value; readonly span: Span }
  | { readonly kind: "in"; readonly isNegated: boolean; readonly values: readonly Value[]; readonly span: Span }
  | { readonly kind: "contains"; readonly isNegated: boolean; readonly value: Value; readonly span: Span }
  | { readonly kind: "null"; readonly isNegated: boolean; readonly span: Span };

export interface Parameter {
  readonly name: string;
  readonly nameSpan: Span;
  readonly test: Test;
}

export interface Matches {
  readonly kind: "matches";
  readonly isNegated: boolean;
  readonly parameters: readonly Parameter[];
  readonly span: Span;
}

export interface Condition {
  readonly kind: "condition";
  readonly attribute: string;
  /** Of a modifier: the attribute in brackets, `anniversary ('first_order_date')`. */
  readonly argument: string | null;
  readonly attributeSpan: Span;
  readonly test: Test | Matches;
  readonly span: Span;
}

/** An "and" without terms is everybody: Shopify's empty query. Groups keep the nesting that the text had. */
export type Expression =
  | { readonly kind: "and"; readonly terms: readonly Expression[]; readonly span: Span }
  | { readonly kind: "or"; readonly terms: readonly Expression[]; readonly span: Span }
  | { readonly kind: "not"; readonly term: Expression; readonly span: Span }
  | Condition;

/** Conditions of an expression from left to right; Shopify calls them clauses and allows ten. */
export function listConditions(expression: Expression): Condition[] {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.terms.flatMap(listConditions);
    case "not":
      return listConditions(expression.term);
    case "condition":
      return [expression];
  }
}

/** The values that a test names. */
export function valuesOf(test: Test | Matches): readonly Value[] {
  switch (test.kind) {
    case "compare":
    case "contains":
      return [test.value];
    case "between":
      return [test.low, test.high];
    case "in":
      return test.values;
    case "null":
    case "matches":
      return [];
  }
}
