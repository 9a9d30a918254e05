import type { Expression } from "../language/ast.ts";
import { formatCondition } from "../language/format-query.ts";
import type { ShownValues } from "./clause.ts";
import type { SegmentEvaluator } from "./segment-evaluator.ts";

/** Why a customer is in a segment or not: the query's own tree, with an answer at every place. */
export interface Explanation {
  readonly kind: "and" | "or" | "not" | "condition" | "segment";
  /** Null: not known for want of data. */
  readonly holds: boolean | null;
  /** The condition; empty for groups. */
  readonly text: string;
  /** The customer's own values. */
  readonly values: ShownValues;
  /** What has no data yet; null when all is there. */
  readonly missing: string | null;
  readonly parts: readonly Explanation[];
}

/** `row` is a row of the evaluator's snapshot. */
export function explainMember(evaluator: SegmentEvaluator, expression: Expression, row: number): Explanation {
  const holds = evaluator.testRow(expression, row);
  const base = { holds, text: "", values: {}, missing: null };
  switch (expression.kind) {
    case "and":
    case "or":
      return { ...base, kind: expression.kind, parts: expression.terms.map((term) => explainMember(evaluator, term, row)) };
    case "not":
      return { ...base, kind: "not", parts: [explainMember(evaluator, expression.term, row)] };
    case "condition": {
      const text = formatCondition(expression);
      const bound = evaluator.bind(expression);
      if (bound.kind === "no-data") return { ...base, kind: "condition", text, missing: bound.what, parts: [] };
      if (bound.kind === "clause") return { ...base, kind: "condition", text, values: bound.clause.show(row), parts: [] };
      return { ...base, kind: "segment", text, parts: [evaluator.within(expression, () => explainMember(evaluator, bound.expression, row))] };
    }
  }
}
